"""What the home page shows: the newest edition, the registry by county, what comes next, what is new."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from core.dates import date_range
from meetings.models import Meeting
from organisations.selectors.places import county_tiles
from programmes.choices import FigureKind
from programmes.models import Announcement, Edition, StatedFigure
from programmes.selectors.coverage import Coverage, place_ids, read_coverage, regions_of
from programmes.selectors.editions import latest_edition, stated_figures
from programmes.selectors.figures import qualifier_word
from programmes.selectors.publications import public_announcements
from videoconferences.models import CoOrganiser, Videoconference

NEWS = 3


@dataclass(frozen=True, kw_only=True)
class Stat:
    """One large figure with the words that say where it comes from."""

    label: str
    value: int
    qualifier: str = ""
    note: str = ""
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class HomePage:
    """Everything on the page; a portal without editions or organisations has an honest, emptier one."""

    edition: Edition | None
    coverage: Coverage
    period: str
    stats: list[Stat]
    tiles: list[dict[str, Any]]
    shows_registry: bool
    organisations: int
    upcoming: Videoconference | None
    upcoming_regions: str
    announcements: Sequence[Announcement]


def home_page() -> HomePage:
    """Seven queries whatever the size of the data."""
    edition = latest_edition()
    coverage = read_coverage(edition) if edition else Coverage()
    days = [row.day for row in coverage.rows]
    period = date_range(min(days), max(days), get_language() or "ro") if days else ""
    tiles, elsewhere = county_tiles()
    seated = sum(tile["count"] for tile in tiles)
    organisations = seated + elsewhere
    shows_registry = _is_telling(seated, organisations) or not coverage.rows
    for tile in tiles:
        if shows_registry:
            tile["url"] = reverse("organisations:county", args=[tile["slug"]])
        else:
            tile["url"] = f"{reverse('videoconferences:list')}?judet={tile['code']}"
            tile["count"] = coverage.by_county.get(str(tile["code"]), 0)
    upcoming = _upcoming()
    return HomePage(
        edition=edition,
        coverage=coverage,
        period=period,
        stats=_stats(edition, coverage, period, organisations) if edition else [],
        tiles=tiles,
        shows_registry=shows_registry,
        organisations=organisations,
        upcoming=upcoming,
        upcoming_regions=", ".join(region.label for region in regions_of(upcoming.region_ids))
        if upcoming
        else "",
        announcements=list(public_announcements().defer("body")[:NEWS]),
    )


def _is_telling(seated: int, organisations: int) -> bool:
    """Whether a map of seats tells the country anything: most organisations have a seat that is known.

    The documents of 2021 leave nearly all seats open; until organisations enrol, the map shows for which
    counties the videoconferences were held instead.
    """
    return seated > 0 and 2 * seated >= organisations


def _upcoming() -> Any:
    """The next videoconference that is still to be held."""
    region_ids, _county_ids = place_ids(Videoconference, "videoconference")
    return (
        Videoconference.objects.public()
        .filter(meeting__in=Meeting.objects.upcoming(), edition__is_example=False)
        .select_related("meeting", "edition")
        .annotate(region_ids=region_ids)
        .in_order()
        .first()
    )


def _stats(edition: Edition, coverage: Coverage, period: str, organisations: int) -> list[Stat]:
    """Stated and counted figures, each saying which it is; the registry is counted today."""
    stated = {figure.kind: figure for figure in stated_figures(edition)}
    page = edition.get_absolute_url()
    stats = []
    if coverage.rows:
        calendar = reverse("videoconferences:edition_calendar", args=[edition.year])
        stats.append(Stat(label=_("Videoconferences"), value=len(coverage.rows), note=period, href=calendar))
    if participants := stated.get(FigureKind.PARTICIPANTS):
        stats.append(
            Stat(
                label=_("Participants"),
                value=participants.value,
                note=_("stated in the synthesis"),
                href=page,
                qualifier=qualifier_word(participants.qualifier),
            )
        )
    if promoters := stated.get(FigureKind.PROMOTERS):
        stats.append(_promoters(promoters, edition))
    return [*stats, *_registered(stated.get(FigureKind.LISTED), organisations)]


def _promoters(stated: StatedFigure, edition: Edition) -> Stat:
    """D1: beside the stated number, how many co-organisers the calendar names; neither is made from the other."""
    names = CoOrganiser.objects.filter(
        videoconference__in=Videoconference.objects.public().filter(edition=edition)
    )
    count = names.values("organisation").distinct().count()
    named = ngettext(
        "stated; the calendar names %(count)s co-organiser",
        "stated; the calendar names %(count)s co-organisers",
        count,
    )
    return Stat(
        label=_("Promoters"),
        value=stated.value,
        qualifier=qualifier_word(stated.qualifier),
        note=named % {"count": count} if count else _("stated"),
        href=edition.get_absolute_url(),
    )


def _registered(stated: StatedFigure | None, organisations: int) -> Iterator[Stat]:
    """What is stated of the registry with today's number beside it, or today's number alone, or nothing."""
    label, href = _("Organisations in the registry"), reverse("organisations:list")
    if stated:
        note = _("stated in the synthesis; recorded here today: %(count)s") % {"count": organisations}
        qualifier = qualifier_word(stated.qualifier)
        yield Stat(label=label, value=stated.value, qualifier=qualifier, note=note, href=href)
    elif organisations:
        yield Stat(label=label, value=organisations, note=_("today"), href=href)
