"""Whether somebody may register for a gathering now, and why not."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.dates import long_datetime
from meetings.choices import MeetingStatus
from meetings.models import Meeting


@dataclass(frozen=True)
class RegistrationWindow:
    """``sentence`` says why registration is not open, or until when it is, in the active language."""

    is_open: bool
    sentence: str


def registration_window(meeting: Meeting, now: datetime | None = None) -> RegistrationWindow:
    """From publication, or the moment of its own, until the gathering begins or registration closes before."""
    reason = _why_closed(meeting, now or timezone.now())
    if reason:
        return RegistrationWindow(is_open=False, sentence=reason)
    until = meeting.begins_at
    if meeting.registration_closes_at:
        until = min(until, meeting.registration_closes_at)
    sentence = _("You can register until %(moment)s.") % {"moment": _moment(until)}
    return RegistrationWindow(is_open=True, sentence=sentence)


def window_of_page(meeting: Meeting) -> RegistrationWindow | None:
    """For a page kept whole for everybody; None where there is nothing to say of registration any more."""
    ahead = meeting.status in (MeetingStatus.SCHEDULED, MeetingStatus.POSTPONED)
    return registration_window(meeting) if ahead and timezone.now() < meeting.begins_at else None


def _why_closed(meeting: Meeting, now: datetime) -> str:
    by_state = {
        MeetingStatus.DRAFT: _("It has not been announced yet."),
        MeetingStatus.POSTPONED: _(
            "It was postponed. Whoever registered stays registered and is told the new date; registration opens again "
            "once it is known."
        ),
        MeetingStatus.CANCELLED: _("It was cancelled, so nobody can register any more."),
        MeetingStatus.HELD: _("It has been held."),
    }
    if reason := by_state.get(MeetingStatus(meeting.status)):
        return reason
    if not meeting.takes_registrations:
        return _("Registration for it is not made on the portal.")
    if now >= meeting.begins_at:
        return _("It has begun, so registration is closed.")
    if meeting.registration_opens_at and now < meeting.registration_opens_at:
        return _("Registration opens on %(moment)s.") % {"moment": _moment(meeting.registration_opens_at)}
    if meeting.registration_closes_at and now >= meeting.registration_closes_at:
        return _("Registration closed on %(moment)s.") % {"moment": _moment(meeting.registration_closes_at)}
    return ""


def _moment(moment: datetime) -> str:
    return long_datetime(timezone.localtime(moment), get_language() or "ro")
