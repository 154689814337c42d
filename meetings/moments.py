"""When each reminder of a gathering is due, by the clocks of Bucharest.

"A day before" is the same hour of the day before, so that a gathering at 10.00 is told of at 10.00 across a change of
the clocks too, 23 or 25 hours ahead. An hour that the clocks leave out that night is counted by the time before the
change (3.30 becomes 4.30), and one that comes twice means the first: RFC 5545, 3.3.5. "An hour before" is 60 minutes.
"""

from datetime import datetime, timedelta
from typing import Final

from meetings.choices import MeetingStatus, ReminderKind
from meetings.models import BUCHAREST, Meeting

AFTER_THE_END: Final = timedelta(hours=1)
# Without a known end, as the calendar entry shows it.
USUAL_LENGTH: Final = timedelta(hours=1)
# For how long a follow-up that was missed is still of use.
FOLLOWS_UP_WITHIN: Final = timedelta(days=7)
# No gathering lasts longer, and no reminder leaves earlier before one: a scan looks at those in between.
LONGEST: Final = timedelta(days=7)
EARLIEST: Final = timedelta(days=7, hours=2)
_DAYS = {ReminderKind.WEEK: 7, ReminderKind.DAY: 1}


def due_at(kind: ReminderKind, meeting: Meeting) -> datetime | None:
    """The moment of the reminder; None while the hour of the gathering is open."""
    if meeting.starts_at is None:
        return None
    if kind == ReminderKind.HOUR:
        return meeting.starts_at - timedelta(hours=1)
    if kind == ReminderKind.FOLLOW_UP:
        return (meeting.ends_at or meeting.starts_at + USUAL_LENGTH) + AFTER_THE_END
    return days_before(meeting.starts_at, _DAYS[kind])


def days_before(moment: datetime, days: int) -> datetime:
    """The same hour in Bucharest, so many days before."""
    local = moment.astimezone(BUCHAREST)
    return datetime.combine(local.date() - timedelta(days=days), local.time().replace(fold=0), BUCHAREST)


def current_kind(meeting: Meeting, now: datetime) -> ReminderKind | None:
    """The one reminder that may leave now: the latest that is due, so a late one never comes beside the next.

    None before the first, from the beginning until an hour after the end, and a week later; and for a gathering that
    is neither to be held nor held.
    """
    if meeting.starts_at is None:
        return None
    if now >= meeting.starts_at:
        due = due_at(ReminderKind.FOLLOW_UP, meeting)
        is_time = due is not None and due <= now < due + FOLLOWS_UP_WITHIN
        is_held = meeting.status in (MeetingStatus.SCHEDULED, MeetingStatus.HELD)
        return ReminderKind.FOLLOW_UP if is_time and is_held and meeting.follows_up else None
    if meeting.status != MeetingStatus.SCHEDULED:
        return None
    for kind, is_on in (
        (ReminderKind.HOUR, meeting.reminds_hour_before),
        (ReminderKind.DAY, meeting.reminds_day_before),
        (ReminderKind.WEEK, meeting.reminds_week_before),
    ):
        due = due_at(kind, meeting)
        if is_on and due is not None and due <= now:
            return kind
    return None
