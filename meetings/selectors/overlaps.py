"""Gatherings that fall into one another."""

from collections.abc import Collection, Iterable
from datetime import date

from django.utils.translation import gettext as _

from meetings.choices import PUBLIC_MEETING_STATUSES, MeetingStatus
from meetings.models import Meeting

# What takes nobody's time: it will not be held on that day.
_OFF = (MeetingStatus.CANCELLED, MeetingStatus.POSTPONED)


def meetings_of_days(days: Collection[date], *, only_public: bool = False) -> list[Meeting]:
    """Gatherings of every kind on these days that are to be held, or were; one query."""
    found = Meeting.objects.filter(on_date__in=set(days)).exclude(status__in=_OFF)
    if only_public:
        found = found.filter(status__in=PUBLIC_MEETING_STATUSES)
    return list(found)


def overlap_warnings(meeting: Meeting, others: Iterable[Meeting]) -> list[str]:
    """A sentence for each other gathering at the same hours, or on the same day while hours are open."""
    if meeting.status in _OFF:
        return []
    warnings = []
    for other in others:
        if other.pk == meeting.pk or other.on_date != meeting.on_date:
            continue
        if not meeting.starts_at or not other.starts_at:
            warnings.append(_("On the same day: %(title)s.") % {"title": other.title})
        elif _meet(meeting, other):
            warnings.append(_("At the same hours: %(title)s.") % {"title": other.title})
    return warnings


def _meet(one: Meeting, other: Meeting) -> bool:
    """Without a known end only the beginning counts."""
    if one.starts_at is None or other.starts_at is None:
        return False
    first, second = sorted((one, other), key=lambda each: each.starts_at)  # type: ignore[arg-type, return-value]
    return second.starts_at == first.starts_at or bool(first.ends_at and second.starts_at < first.ends_at)  # type: ignore[operator]
