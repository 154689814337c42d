"""The page of one videoconference."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from core.territory.models import County, Region
from meetings.models import AgendaItem
from meetings.selectors.afterwards import Remains, remains_for_everybody
from programmes.choices import CalendarTextKind
from programmes.selectors.coverage import counties_of, place_ids, regions_of
from videoconferences.choices import ProposalStatus, ThemeRole
from videoconferences.models import Conclusion, Theme, ThemeProposal, Videoconference
from videoconferences.selectors.calendar import CoOrganiserLine, co_organiser_lines
from videoconferences.selectors.figures import Figures, public_figures


@dataclass(frozen=True, kw_only=True)
class ThemeLine:
    """A theme of the agenda: why it is there, and which organisations proposed it on the board."""

    theme: Theme
    reason: str
    proposers: str


@dataclass(frozen=True, kw_only=True)
class VideoconferencePage:
    """Everything on the page; ``other_texts`` are the themes that the edition's calendar lists for all of them."""

    videoconference: Videoconference
    regions: tuple[Region, ...]
    counties: tuple[County, ...]
    only_named_counties: bool
    co_organisers: list[CoOrganiserLine]
    central_theme: str
    central_themes: list[ThemeLine]
    other_themes: list[ThemeLine]
    other_texts: list[str]
    agenda: Sequence[AgendaItem]
    remains: Remains
    previous_number: int | None
    next_number: int | None
    has_conclusions: bool
    figures: Figures | None


def videoconference_page(user: object, *, year: int, number: int) -> VideoconferencePage | None:
    """The page, or nothing when there is none that this person may see; six queries, seven once it was held."""
    region_ids, county_ids = place_ids(Videoconference, "videoconference")
    siblings = Videoconference.objects.public().filter(edition=OuterRef("edition")).values("number")
    videoconference = (
        Videoconference.objects.visible_to(user)
        .select_related("edition", "part", "meeting", "meeting__recording")
        .annotate(
            region_ids=region_ids,
            county_ids=county_ids,
            before=Subquery(siblings.filter(number__lt=OuterRef("number")).order_by("-number")[:1]),
            has_conclusions=Exists(Conclusion.objects.public().filter(videoconference=OuterRef("pk"))),
            after=Subquery(siblings.filter(number__gt=OuterRef("number")).order_by("number")[:1]),
        )
        .filter(edition__year=year, number=number)
        .first()
    )
    if videoconference is None:
        return None
    named, in_regions = videoconference.county_ids, videoconference.region_ids
    lines = _theme_lines(videoconference)
    part = videoconference.part
    return VideoconferencePage(
        videoconference=videoconference,
        regions=regions_of(in_regions),
        counties=counties_of(named, in_regions),
        only_named_counties=bool(named),
        co_organisers=co_organiser_lines(videoconference),
        central_theme=(
            videoconference.central_theme
            or (part.central_theme if part else "")
            or videoconference.edition.central_theme
        ),
        central_themes=[line for role, line in lines if role == ThemeRole.CENTRAL],
        other_themes=[line for role, line in lines if role == ThemeRole.OTHER],
        other_texts=list(
            videoconference.edition.calendar_texts.filter(kind=CalendarTextKind.OTHER_THEME).values_list(
                "text", flat=True
            )
        ),
        agenda=list(videoconference.meeting.agenda.all()),
        remains=remains_for_everybody(videoconference.meeting),
        previous_number=videoconference.before,
        next_number=videoconference.after,
        has_conclusions=videoconference.has_conclusions,
        figures=public_figures(videoconference),
    )


def _theme_lines(videoconference: Videoconference) -> list[tuple[str, ThemeLine]]:
    """Themes of the agenda with their role; one query."""
    name = Coalesce(NullIf("organisation__public_name", Value("")), "organisation__legal_name")
    taken = ThemeProposal.objects.filter(
        theme=OuterRef("theme"), edition=videoconference.edition_id, status=ProposalStatus.TAKEN
    ).order_by("proposed_at", "pk")
    links = videoconference.theme_links.select_related("theme").annotate(
        proposers=ArraySubquery(taken.values(name=name))
    )
    return [
        (link.role, ThemeLine(theme=link.theme, reason=link.reason, proposers="; ".join(link.proposers)))
        for link in links.order_by("theme__position", "pk")
    ]
