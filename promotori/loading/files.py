"""The shape of the data files; a file with an unknown or missing word is refused by its place."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from core.text import normalise

DATA = Path(__file__).resolve().parent.parent / "data"


class Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ThemeEntry(Entry):
    code: str
    name: str
    name_en: str
    group: Literal["central", "other", "part-two", "proposed"]


class EditionEntry(Entry):
    number: int
    year: int
    status: str
    purpose: str
    main_objective: str
    organiser: str
    patronage: str = ""
    starts_on: date
    ends_on: date
    monthly_intro: str
    central_theme: str
    permanent_deadline: str
    handbook_planned: str = ""


class PhaseEntry(Entry):
    phase: str
    opens_on: date


class PartEntry(Entry):
    number: int
    starts_on: date
    ends_on: date
    period_as_stated: str
    central_theme: str


class FigureEntry(Entry):
    kind: str
    value: int
    source: str
    qualifier: str = "exact"
    note: str = ""


class PartnerEntry(Entry):
    acronym: str
    name: str
    represents: str


class ActivityEntry(Entry):
    kind: str
    title: str
    deliverable: str = ""
    due_as_stated: str = ""
    on_date: date | None = None


class ClosingEntry(Entry):
    title: str
    on_date: date
    marks_day: date
    summary: str


class DocumentEntry(Entry):
    slug: str
    kind: str
    title: str
    issuer: str
    text_file: str
    url: str = ""

    @property
    def text(self) -> str:
        return normalise((DATA / self.text_file).read_text(encoding="utf-8")).strip()


class OrganisationEntry(Entry):
    name: str
    kind: str = "legal-person"
    acronym: str = ""
    legal_form: str = ""
    county: str = ""
    aliases: tuple[str, ...] = ()
    printed: tuple[str, ...] = ()


class VideoconferenceEntry(Entry):
    number: int
    date: date
    part: int
    themes: str
    regions: tuple[str, ...]
    regions_as_printed: str
    co_organisers: tuple[str | dict[str, str], ...]

    def slots(self) -> list[tuple[str, str]]:
        """(key of the organisation, name printed otherwise or nothing), in the printed order."""
        return [
            (slot, "") if isinstance(slot, str) else next(iter(slot.items())) for slot in self.co_organisers
        ]


class Figures(Entry):
    videoconferences: int
    region_links: int
    co_organiser_slots: int
    organisations: int
    partners: int
    by_part: tuple[int, ...]


class EditionFile(Entry):
    """A whole edition; refuses a file whose figures or cross-references do not add up."""

    edition: EditionEntry
    phases: tuple[PhaseEntry, ...]
    parts: tuple[PartEntry, ...]
    stated_figures: tuple[FigureEntry, ...]
    partners: tuple[PartnerEntry, ...]
    partner_role: str
    activities: tuple[ActivityEntry, ...]
    calendar_texts: dict[str, tuple[str, ...]]
    closing_event: ClosingEntry
    documents: tuple[DocumentEntry, ...]
    organisation_source: str
    organisations: dict[str, OrganisationEntry]
    theme_sets: dict[str, tuple[str, ...]]
    videoconferences: tuple[VideoconferenceEntry, ...] = Field(min_length=1)
    figures: Figures

    def counted(self) -> Figures:
        """What the file itself adds up to."""
        slots = [key for entry in self.videoconferences for key, _printed in entry.slots()]
        return Figures(
            videoconferences=len(self.videoconferences),
            region_links=sum(len(entry.regions) for entry in self.videoconferences),
            co_organiser_slots=len(slots),
            organisations=len(set(slots)),
            partners=len(self.partners),
            by_part=tuple(
                sum(entry.part == part.number for entry in self.videoconferences) for part in self.parts
            ),
        )

    @model_validator(mode="after")
    def _adds_up(self) -> "EditionFile":
        if self.counted() != self.figures:
            raise ValueError(f"the file adds up to {self.counted()}, not to {self.figures}")
        named = {key for entry in self.videoconferences for key, _printed in entry.slots()}
        if named != set(self.organisations):
            raise ValueError(f"co-organisers and organisations differ: {named ^ set(self.organisations)}")
        return self


def _normalised(value: Any) -> Any:
    if isinstance(value, str):
        return normalise(value)
    if isinstance(value, list):
        return [_normalised(item) for item in value]
    if isinstance(value, dict):
        return {key: _normalised(item) for key, item in value.items()}
    return value


def _read(path: Path) -> Any:
    return _normalised(yaml.safe_load(path.read_text(encoding="utf-8")))


@cache
def read_edition_file(year: int) -> EditionFile:
    """The data file of an edition; ``FileNotFoundError`` when the project has none of that year."""
    return EditionFile.model_validate(_read(DATA / f"edition_{year}.yaml"))


@cache
def read_themes() -> tuple[ThemeEntry, ...]:
    return tuple(ThemeEntry.model_validate(entry) for entry in _read(DATA / "themes.yaml")["themes"])
