"""Loads an edition from its data file into every domain (row P11)."""

from datetime import date, datetime, time

from django.db import models, transaction

from core.territory.models import County, Region
from core.text import Fold, fold
from meetings.choices import MeetingKind, MeetingStatus
from meetings.models import BUCHAREST, Meeting
from organisations.choices import FoundNameStatus, NameKind, RegisterStatus
from organisations.models import AssociativeStructure, FoundName, Organisation, OrganisationName
from programmes.models import (
    Activity,
    CalendarText,
    ClosingEvent,
    Edition,
    EditionDocument,
    EditionPart,
    EditionPartner,
    EditionPhase,
    StatedFigure,
)
from promotori.loading.files import EditionFile, VideoconferenceEntry, read_edition_file, read_themes
from promotori.loading.ledger import Ledger
from videoconferences.choices import ThemeRole
from videoconferences.models import CoOrganiser, Theme, Videoconference, VideoconferenceTheme


class LoadError(Exception):
    """The load cannot be made; the text says what to do."""


def load_themes(*, write: bool) -> Ledger:
    """Load the themes of debate; with ``write=False`` nothing stays. Guarantees are those of the ledger."""
    with transaction.atomic():
        ledger = _themes()
        if not write:
            transaction.set_rollback(True)
    return ledger


def load_edition(*, year: int, write: bool) -> tuple[Ledger, Ledger]:
    """Load an edition in one transaction and return the ledgers of themes and edition.

    A second load changes nothing: no row, no history, no version of the data. What staff changed or deleted
    since the first one is kept and named in ``kept``. With ``write=False`` everything is tried and taken back.
    Raises :class:`LoadError` when the project has no file of the year, the territory is not loaded, or the
    database does not hold the file's figures although nobody changed anything.
    """
    try:
        file = read_edition_file(year)
    except FileNotFoundError:
        raise LoadError(f"The project has no data file of the edition {year}.") from None
    with transaction.atomic():
        themes = _themes()
        ledger = Ledger(f"edition_{year}", reason=f"Preluat din documentele ediției {year}.")
        _EditionLoad(file, ledger).run()
        if not write:
            transaction.set_rollback(True)
    return themes, ledger


def _themes() -> Ledger:
    ledger = Ledger("themes", reason="Preluat din lista de teme a proiectului.")
    for position, entry in enumerate(read_themes(), start=1):
        ledger.bring(
            f"theme:{entry.code}",
            Theme,
            existing=Theme.objects.filter(code=entry.code).first(),
            values={"code": entry.code, "name": entry.name, "name_en": entry.name_en, "group": entry.group},
            initial={
                "position": position,
                "basis": "Calendarul 2021" if entry.group != "part-two" else "UNCJR 2021",
            },
        )
    return ledger


class _EditionLoad:
    """One load; each method brings one kind of record, in the order in which they need each other."""

    def __init__(self, file: EditionFile, ledger: Ledger) -> None:
        self.file = file
        self.ledger = ledger
        self.regions = {region.slug: region for region in Region.objects.filter(country="RO")}
        self.counties = {county.code: county for county in County.objects.filter(country="RO")}
        self.organisations: dict[str, Organisation] = {}
        self.parts: dict[int, EditionPart] = {}

    def run(self) -> None:
        if not self.regions or not self.counties:
            raise LoadError("Regions and counties are missing: load the territory first.")
        edition = self._edition()
        self._phases(edition)
        self._parts(edition)
        self._figures(edition)
        self._partners(edition)
        self._texts(edition)
        self._closing_event(edition)
        self._documents(edition)
        for key in self.file.organisations:
            self._organisation(key)
        for entry in self.file.videoconferences:
            self._videoconference(edition, entry)
        self._found_names()
        self._check(edition)

    def _edition(self) -> Edition:
        entry = self.file.edition
        existing = Edition.objects.filter(year=entry.year).first()
        if self.ledger.known("edition", Edition) is None:
            # First load, or staff deleted the edition as a whole: everything of it is loaded anew.
            self.ledger.forget()
        edition = self.ledger.bring(
            "edition",
            Edition,
            existing=existing,
            values=entry.model_dump(exclude={"status"}),
            initial={"status": entry.status},
            state="status",
        )
        assert edition is not None  # noqa: S101
        return edition

    def _phases(self, edition: Edition) -> None:
        for entry in self.file.phases:
            self.ledger.bring(
                f"phase:{entry.phase}",
                EditionPhase,
                existing=edition.phases.filter(phase=entry.phase).first(),
                values={"edition": edition, "phase": entry.phase, "opens_at": _midnight(entry.opens_on)},
            )

    def _parts(self, edition: Edition) -> None:
        for entry in self.file.parts:
            part = self.ledger.bring(
                f"part:{entry.number}",
                EditionPart,
                existing=edition.parts.filter(number=entry.number).first(),
                values={"edition": edition, **entry.model_dump()},
            )
            if part:
                self.parts[entry.number] = part

    def _figures(self, edition: Edition) -> None:
        for entry in self.file.stated_figures:
            self.ledger.bring(
                f"figure:{entry.kind}",
                StatedFigure,
                existing=edition.stated_figures.filter(kind=entry.kind).first(),
                values={"edition": edition, **entry.model_dump()},
            )

    def _partners(self, edition: Edition) -> None:
        for position, entry in enumerate(self.file.partners, start=1):
            structure = AssociativeStructure.objects.filter(
                models.Q(acronym__iexact=entry.acronym) | models.Q(represents=entry.represents)
            ).first()
            if structure is None:
                structure = AssociativeStructure.objects.create(
                    **entry.model_dump(), slug=entry.acronym.lower(), position=position
                )
                self.ledger.created.append(f"structure:{entry.acronym}: {entry.name}")
            self.ledger.bring(
                f"partner:{entry.acronym}",
                EditionPartner,
                existing=edition.partners.filter(structure=structure).first(),
                values={"edition": edition, "structure": structure, "role": self.file.partner_role},
            )

    def _texts(self, edition: Edition) -> None:
        positions: dict[str, int] = {}
        for entry in self.file.activities:
            position = positions[entry.kind] = positions.get(entry.kind, 0) + 1
            self.ledger.bring(
                f"activity:{entry.kind}:{position}",
                Activity,
                existing=edition.activities.filter(kind=entry.kind, position=position).first(),
                values={"edition": edition, "position": position, **entry.model_dump()},
            )
        for kind, lines in self.file.calendar_texts.items():
            for position, text in enumerate(lines, start=1):
                self.ledger.bring(
                    f"text:{kind}:{position}",
                    CalendarText,
                    existing=edition.calendar_texts.filter(kind=kind, position=position).first(),
                    values={"edition": edition, "kind": kind, "position": position, "text": text},
                )

    def _closing_event(self, edition: Edition) -> None:
        entry = self.file.closing_event
        existing = ClosingEvent.objects.filter(edition=edition).select_related("meeting").first()
        meeting = self._meeting(
            "closing",
            MeetingKind.CLOSING_EVENT,
            entry.title,
            entry.on_date,
            existing=existing.meeting if existing else None,
            summary=entry.summary,
        )
        if meeting:
            self.ledger.bring(
                "closing",
                ClosingEvent,
                existing=existing,
                values={"edition": edition, "meeting": meeting, "marks_day": entry.marks_day},
            )

    def _documents(self, edition: Edition) -> None:
        for position, entry in enumerate(self.file.documents, start=1):
            values = entry.model_dump(exclude={"text_file"})
            self.ledger.bring(
                f"document:{entry.slug}",
                EditionDocument,
                existing=EditionDocument.objects.filter(slug=entry.slug).first(),
                values={"edition": edition, "position": position, "text": entry.text, **values},
            )

    def _organisation(self, key: str) -> None:
        entry = self.file.organisations[key]
        source = self.file.organisation_source
        organisation = self.ledger.bring(
            f"organisation:{key}",
            Organisation,
            existing=_matching_organisation(key, entry.name),
            values={
                "kind": entry.kind,
                "legal_name": entry.name,
                "acronym": entry.acronym,
                "legal_form": entry.legal_form,
                "county": self.counties[entry.county] if entry.county else None,
            },
            initial={"slug": key, "register_status": RegisterStatus.RECORDED, "source": source},
            state="register_status",
        )
        if organisation is None:
            return
        self.organisations[key] = organisation
        names = [(NameKind.ALIAS, name) for name in entry.aliases]
        names += [(NameKind.PRINTED, name) for name in entry.printed]
        for kind, name in names:
            self.ledger.bring(
                f"organisation:{key}:{kind}:{name}"[:160],
                OrganisationName,
                existing=organisation.names.filter(kind=kind, name=name).first(),
                values={"organisation": organisation, "kind": kind, "name": name},
                initial={"source": source},
            )

    def _videoconference(self, edition: Edition, entry: VideoconferenceEntry) -> None:
        key = f"videoconference:{entry.number}"
        existing = Videoconference.objects.filter(edition=edition, number=entry.number).first()
        meeting = self._meeting(
            key,
            MeetingKind.VIDEOCONFERENCE,
            f"Videoconferința nr. {entry.number}",
            entry.date,
            existing=existing.meeting if existing else None,
        )
        if meeting is None:
            return
        videoconference = self.ledger.bring(
            key,
            Videoconference,
            existing=existing,
            values={
                "edition": edition,
                "part": self.parts.get(entry.part),
                "meeting": meeting,
                "number": entry.number,
                "regions_as_printed": entry.regions_as_printed,
            },
        )
        if videoconference is None:
            return
        self.ledger.bring_links(
            key, videoconference, "regions", [self.regions[slug] for slug in entry.regions]
        )
        for position, (slug, printed) in enumerate(entry.slots(), start=1):
            self._co_organiser(key, videoconference, slug, position, printed)
        themes = Theme.objects.filter(code__in=self.file.theme_sets[entry.themes])
        for theme in themes:
            self.ledger.bring(
                f"{key}:theme:{theme.code}",
                VideoconferenceTheme,
                existing=videoconference.theme_links.filter(theme_id=theme.pk).first(),
                values={"videoconference": videoconference, "theme": theme, "role": ThemeRole.CENTRAL},
            )

    def _co_organiser(
        self, key: str, videoconference: Videoconference, slug: str, position: int, printed: str
    ) -> None:
        organisation = self.organisations.get(slug)
        if organisation is None:
            return
        self.ledger.bring(
            f"{key}:{slug}",
            CoOrganiser,
            existing=videoconference.co_organiser_links.filter(organisation=organisation).first(),
            values={
                "videoconference": videoconference,
                "organisation": organisation,
                "position": position,
                "name_as_printed": printed or self.file.organisations[slug].name,
            },
        )

    def _found_names(self) -> None:
        """Each name as printed, with the places where it stands, joined to the organisation that it made."""
        places: dict[tuple[str, str], list[str]] = {}
        for entry in self.file.videoconferences:
            for slug, printed in entry.slots():
                name = printed or self.file.organisations[slug].name
                places.setdefault((name, slug), []).append(str(entry.number))
        for (name, slug), numbers in places.items():
            source = self.file.organisation_source
            self.ledger.bring(
                f"found:{slug}:{name}"[:160],
                FoundName,
                existing=FoundName.objects.filter(source=source, name=name).first(),
                values={
                    "name": name,
                    "source": source,
                    "place": f"videoconferința nr. {', '.join(numbers)}",
                },
                initial={"organisation": self.organisations.get(slug), "status": FoundNameStatus.JOINED},
            )

    def _meeting(
        self,
        key: str,
        kind: MeetingKind,
        title: str,
        day: date,
        *,
        existing: Meeting | None,
        summary: str = "",
    ) -> Meeting | None:
        return self.ledger.bring(
            f"{key}:meeting",
            Meeting,
            existing=existing,
            values={"kind": kind, "title": title, "on_date": day, "is_online": True, "summary": summary},
            initial={"status": MeetingStatus.HELD},
            state="status",
        )

    def _check(self, edition: Edition) -> None:
        """The figures stand in the database too, unless staff's own changes account for the difference."""
        held = Videoconference.objects.filter(edition=edition)
        links = CoOrganiser.objects.filter(videoconference__edition=edition)
        figures = self.file.figures
        found = {
            "videoconferences": held.count(),
            "region_links": Videoconference.regions.through.objects.filter(
                videoconference__edition=edition
            ).count(),
            "co_organiser_slots": links.count(),
            "organisations": links.values("organisation").distinct().count(),
            "partners": edition.partners.count(),
            "by_part": tuple(held.filter(part__number=part.number).count() for part in self.file.parts),
        }
        wrong = {name: count for name, count in found.items() if count != getattr(figures, name)}
        if wrong and not self.ledger.kept:
            raise LoadError(f"The database holds {wrong} where the file says {figures}.")
        if wrong:
            self.ledger.kept.append(f"figures now differ from the file's: {wrong}")


def _matching_organisation(slug: str, name: str) -> Organisation | None:
    """The organisation of this address, else the only one of this folded name; namesakes are never guessed."""
    by_address = Organisation.objects.filter(slug=slug).first()
    if by_address:
        return by_address
    folded = fold(name)
    named = Organisation.objects.annotate(folded=Fold("legal_name")).filter(folded=folded)[:2]
    return named[0] if len(named) == 1 else None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), tzinfo=BUCHAREST)
