"""The page of one videoconference."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from core.territory.models import County, Region
from meetings.models import AgendaItem, Material
from programmes.choices import CalendarTextKind
from programmes.selectors.coverage import counties_of, place_ids, regions_of
from videoconferences.choices import ThemeRole
from videoconferences.models import Theme, Videoconference
from videoconferences.selectors.calendar import CoOrganiserLine, co_organiser_lines


@dataclass(frozen=True, kw_only=True)
class VideoconferencePage:
    """Everything on the page; ``other_texts`` are the themes that the edition's calendar lists for all of them."""

    videoconference: Videoconference
    regions: tuple[Region, ...]
    counties: tuple[County, ...]
    only_named_counties: bool
    co_organisers: list[CoOrganiserLine]
    central_theme: str
    central_themes: list[Theme]
    other_themes: list[Theme]
    other_texts: list[str]
    agenda: Sequence[AgendaItem]
    materials: Sequence[Material]
    previous_number: int | None
    next_number: int | None


def videoconference_page(user: object, *, year: int, number: int) -> VideoconferencePage | None:
    """The page, or nothing when there is none that this person may see; six queries."""
    region_ids, county_ids = place_ids(Videoconference, "videoconference")
    siblings = Videoconference.objects.public().filter(edition=OuterRef("edition")).values("number")
    videoconference = (
        Videoconference.objects.visible_to(user)
        .select_related("edition", "part", "meeting")
        .annotate(
            region_ids=region_ids,
            county_ids=county_ids,
            before=Subquery(siblings.filter(number__lt=OuterRef("number")).order_by("-number")[:1]),
            after=Subquery(siblings.filter(number__gt=OuterRef("number")).order_by("number")[:1]),
        )
        .filter(edition__year=year, number=number)
        .first()
    )
    if videoconference is None:
        return None
    named, in_regions = videoconference.county_ids, videoconference.region_ids
    links = list(videoconference.theme_links.select_related("theme").order_by("theme__position"))
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
        central_themes=[link.theme for link in links if link.role == ThemeRole.CENTRAL],
        other_themes=[link.theme for link in links if link.role == ThemeRole.OTHER],
        other_texts=list(
            videoconference.edition.calendar_texts.filter(kind=CalendarTextKind.OTHER_THEME).values_list(
                "text", flat=True
            )
        ),
        agenda=list(videoconference.meeting.agenda.all()),
        materials=list(videoconference.meeting.materials.filter(is_public=True)),
        previous_number=videoconference.before,
        next_number=videoconference.after,
    )
