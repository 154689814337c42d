"""The plan of an edition: its videoconferences, what they still miss and what they leave out."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _

from core.territory.models import County, Region
from core.territory.selectors import counties, regions
from meetings.checks import day_warnings
from meetings.choices import ACTIVE_REGISTRATIONS, MeetingStatus
from meetings.models import AgendaItem, Meeting
from meetings.selectors.overlaps import meetings_of_days, overlap_warnings
from programmes.models import Edition
from programmes.selectors.coverage import counties_of, place_ids, regions_of
from videoconferences.models import CoOrganiser, Videoconference, VideoconferenceTheme

# What is over needs no advice.
_OVER = (MeetingStatus.HELD, MeetingStatus.CANCELLED)


@dataclass(frozen=True, kw_only=True)
class PlanRow:
    """One videoconference of the plan; ``missing`` stands before publication or the day, ``warnings`` never block."""

    videoconference: Videoconference
    regions: tuple[Region, ...]
    counties: tuple[County, ...]
    registered: int
    missing: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def meeting(self) -> Meeting:
        return self.videoconference.meeting


@dataclass(frozen=True, kw_only=True)
class PlanCoverage:
    """Places that no videoconference of the edition is planned for, drafts counted (D14)."""

    missing_regions: tuple[Region, ...] = ()
    missing_counties: tuple[County, ...] = ()
    covered_counties: int = 0
    counties: int = 0


def plan_rows(user: Any, edition: Edition) -> list[PlanRow]:
    """The videoconferences that this person plans, by date; two queries."""
    found = Videoconference.objects.planned_by(user).filter(edition=edition)
    rows = list(_with_facts(found).in_order())
    is_staff = user.has_perm("videoconferences.change_videoconference")
    others = meetings_of_days({row.meeting.on_date for row in rows}, only_public=not is_staff)
    return [_row(row, others) for row in rows]


def plan_row(user: Any, videoconference: Videoconference) -> PlanRow:
    """The same of one videoconference."""
    row = _with_facts(Videoconference.objects.filter(pk=videoconference.pk)).get()
    is_staff = user.has_perm("videoconferences.change_videoconference")
    return _row(row, meetings_of_days({row.meeting.on_date}, only_public=not is_staff))


def plan_coverage(rows: Iterable[PlanRow]) -> PlanCoverage:
    """What these leave out; what was cancelled covers nothing."""
    counted = [row for row in rows if row.meeting.status != MeetingStatus.CANCELLED]
    seen_regions = {region.pk for row in counted for region in row.regions}
    seen_counties = {county.pk for row in counted for county in row.counties}
    # A county named alone covers itself, not its region.
    seen_regions |= {
        region.pk
        for region in regions()
        if (its := [county.pk for county in counties() if county.region_id == region.pk])
        and seen_counties.issuperset(its)
    }
    return PlanCoverage(
        missing_regions=tuple(region for region in regions() if region.pk not in seen_regions),
        missing_counties=tuple(county for county in counties() if county.pk not in seen_counties),
        covered_counties=len(seen_counties),
        counties=len(counties()),
    )


def missing_of(videoconference: Any, *, has_regions: bool) -> list[str]:
    """What stands in the way of publication, or will be wanted on the day."""
    meeting = videoconference.meeting
    if meeting.status in _OVER:
        return []
    missing = []
    if meeting.starts_at is None:
        missing.append(_("the hour at which it begins"))
    if meeting.is_online and not meeting.join_url:
        missing.append(_("the join link"))
    if not meeting.is_online and not meeting.place:
        missing.append(_("the place"))
    if not has_regions:
        missing.append(_("the regions"))
    if not videoconference.has_co_organisers:
        missing.append(_("co-organisers"))
    if not videoconference.has_themes:
        missing.append(_("themes"))
    if not videoconference.has_agenda:
        missing.append(_("the agenda"))
    if not videoconference.edition.is_public:
        missing.append(_("the edition is not public yet"))
    return missing


def _with_facts(found: Any) -> Any:
    region_ids, county_ids = place_ids(Videoconference, "videoconference")
    return found.select_related("edition", "part", "meeting").annotate(
        region_ids=region_ids,
        county_ids=county_ids,
        registered=Count(
            "meeting__registrations", filter=Q(meeting__registrations__status__in=ACTIVE_REGISTRATIONS)
        ),
        has_co_organisers=Exists(CoOrganiser.objects.filter(videoconference=OuterRef("pk"))),
        has_themes=Exists(VideoconferenceTheme.objects.filter(videoconference=OuterRef("pk"))),
        has_agenda=Exists(AgendaItem.objects.filter(meeting=OuterRef("meeting"))),
    )


def _row(videoconference: Any, others: Iterable[Meeting]) -> PlanRow:
    meeting = videoconference.meeting
    is_over = meeting.status in _OVER
    return PlanRow(
        videoconference=videoconference,
        regions=regions_of(videoconference.region_ids),
        counties=counties_of(videoconference.county_ids, videoconference.region_ids),
        registered=videoconference.registered,
        missing=missing_of(videoconference, has_regions=bool(videoconference.region_ids)),
        warnings=[] if is_over else [*day_warnings(meeting.on_date), *overlap_warnings(meeting, others)],
    )
