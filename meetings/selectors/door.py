"""Whether participants may check in now, and what to tell them otherwise."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.dates import long_datetime
from meetings.choices import MeetingStatus, RegistrationStatus
from meetings.models import Attendance, Meeting, Registration

OPENS_BEFORE: Final = timedelta(minutes=30)
CLOSES_AFTER: Final = timedelta(minutes=30)
# Without a known end.
MOST_LENGTH: Final = timedelta(hours=4)


@dataclass(frozen=True)
class Door:
    """``sentence`` says why nobody can check in now; ``is_before`` that it opens later."""

    is_open: bool
    sentence: str
    is_before: bool = False


def door(meeting: Meeting, now: datetime | None = None) -> Door:
    """Open from half an hour before the beginning until half an hour after the end."""
    moment = now or timezone.now()
    if meeting.status == MeetingStatus.CANCELLED:
        return Door(is_open=False, sentence=_("It was cancelled, so nobody checks in."))
    if meeting.status == MeetingStatus.POSTPONED:
        return Door(is_open=False, sentence=_("It was postponed. Whoever registered is told the new date."))
    if meeting.starts_at is None:
        return Door(
            is_open=False, sentence=_("The hour at which it begins is not known yet."), is_before=True
        )
    opens = meeting.starts_at - OPENS_BEFORE
    if moment < opens:
        return Door(
            is_open=False,
            sentence=_("You can check in from %(moment)s, 30 minutes before the beginning.")
            % {"moment": _said(opens)},
            is_before=True,
        )
    closes = closing_time(meeting)
    if closes is not None and moment > closes:
        return Door(
            is_open=False,
            sentence=_(
                "Checking in ended on %(moment)s. If you were there and are not written down, tell the team."
            )
            % {"moment": _said(closes)},
        )
    return Door(
        is_open=True, sentence=_("You can check in until %(moment)s.") % {"moment": _said(closes or moment)}
    )


def closing_time(meeting: Meeting) -> datetime | None:
    """Half an hour after the end; None while the hours are open."""
    if meeting.starts_at is None:
        return None
    return (meeting.ends_at or meeting.starts_at + MOST_LENGTH) + CLOSES_AFTER


def own_day(registration: Registration) -> dict[str, bool]:
    """What the page of a registration says of the day: whether the person may check in, ask, is or was there."""
    meeting = registration.meeting
    has_place = registration.status == RegistrationStatus.CONFIRMED
    is_present = Attendance.objects.filter(registration=registration).exists()
    closes = closing_time(meeting)
    is_over = closes is not None and timezone.now() > closes
    return {
        "is_present": is_present,
        "is_open": registration.is_active and door(meeting).is_open,
        "was_absent": has_place and not is_present and meeting.status == MeetingStatus.HELD,
        "asks": has_place and meeting.status == MeetingStatus.SCHEDULED and not is_over,
    }


def takes_newcomers(meeting: Meeting) -> bool:
    """Whether somebody who did not register may say on the day who they are."""
    return meeting.takes_registrations and meeting.status in (MeetingStatus.SCHEDULED, MeetingStatus.HELD)


def _said(moment: datetime) -> str:
    return long_datetime(timezone.localtime(moment), get_language() or "ro")
