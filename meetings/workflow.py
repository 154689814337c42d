"""What may follow what in the life of a meeting and of a registration for it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.workflow import Transition, Workflow
from meetings.choices import MeetingStatus as S
from meetings.choices import QuestionStatus as Q
from meetings.choices import RegistrationStatus as R
from meetings.models import Meeting, Question, Registration

HELD_FOR: Final = timedelta(hours=48)


def _publication_blockers(record: models.Model) -> Iterable[str]:
    """D24: what an import may leave open, an announced event must have."""
    assert isinstance(record, Meeting)  # noqa: S101
    if record.starts_at is None:
        yield _t("Before publishing, write the hour at which it begins.")
    if not record.is_online and not record.place:
        yield _t("Before publishing, write the place.")


def _next_sequence(record: models.Model, _moment: datetime) -> Iterable[str]:
    """RFC 5545: a changed calendar entry carries a higher SEQUENCE."""
    assert isinstance(record, Meeting)  # noqa: S101
    record.sequence += 1
    return ["sequence"]


MEETING_WORKFLOW = Workflow(
    model=Meeting,
    transitions=[
        Transition(
            "schedule",
            frozenset({S.DRAFT, S.POSTPONED}),
            S.SCHEDULED,
            _("Publish"),
            "meetings.change_meeting",
            blockers=_publication_blockers,
            prepare=_next_sequence,
        ),
        Transition(
            "postpone",
            frozenset({S.SCHEDULED}),
            S.POSTPONED,
            _("Postpone"),
            "meetings.change_meeting",
            needs_reason=True,
            prepare=_next_sequence,
        ),
        Transition(
            "cancel",
            frozenset({S.SCHEDULED, S.POSTPONED}),
            S.CANCELLED,
            pgettext_lazy("meeting", "Cancel"),
            "meetings.change_meeting",
            needs_reason=True,
            prepare=_next_sequence,
        ),
        Transition(
            "hold",
            frozenset({S.SCHEDULED}),
            S.HELD,
            _("Mark as held"),
            "meetings.change_meeting",
        ),
    ],
)


def _begun(record: models.Model) -> Iterable[str]:
    """Who was there, or was expected, is a fact from the moment at which it begins."""
    assert isinstance(record, Registration)  # noqa: S101
    if timezone.now() >= record.meeting.begins_at:
        yield _t("It has begun, so the registration stays as it is.")


def _end(record: models.Model, moment: datetime) -> Iterable[str]:
    assert isinstance(record, Registration)  # noqa: S101
    record.ended_at = moment
    record.held_until = None
    return ["ended_at", "held_until"]


def _give_place(record: models.Model, moment: datetime) -> Iterable[str]:
    """The place is dated; without a confirmed address it is kept for a while, as any other."""
    assert isinstance(record, Registration)  # noqa: S101
    record.confirmed_at = moment
    record.held_until = None if record.address_confirmed_at else held_until(record.meeting, moment)
    return ["confirmed_at", "held_until"]


def held_until(meeting: Meeting, moment: datetime) -> datetime:
    """How long a place waits for its address to be confirmed: 48 hours, never past the beginning."""
    return min(moment + HELD_FOR, meeting.begins_at)


REGISTRATION_WORKFLOW = Workflow(
    model=Registration,
    transitions=[
        Transition(
            "move_up",
            frozenset({R.WAITING}),
            R.CONFIRMED,
            _("Give a place"),
            None,
            prepare=_give_place,
        ),
        Transition(
            "withdraw",
            frozenset({R.CONFIRMED, R.WAITING}),
            R.CANCELLED,
            pgettext_lazy("registration", "Withdraw"),
            "meetings.withdraw_registration",
            blockers=_begun,
            prepare=_end,
        ),
        Transition(
            "lapse",
            frozenset({R.CONFIRMED, R.WAITING}),
            R.LAPSED,
            _("Let it lapse"),
            None,
            prepare=_end,
        ),
    ],
)


QUESTION_WORKFLOW = Workflow(
    model=Question,
    transitions=[
        Transition(
            "show",
            frozenset({Q.WAITING, Q.HIDDEN}),
            Q.SHOWN,
            _("Show to participants"),
            "meetings.record_attendance_meeting",
        ),
        Transition(
            "answer",
            frozenset({Q.WAITING, Q.SHOWN}),
            Q.ANSWERED,
            _("Mark as answered"),
            "meetings.record_attendance_meeting",
        ),
        Transition(
            "hide",
            frozenset({Q.WAITING, Q.SHOWN, Q.ANSWERED}),
            Q.HIDDEN,
            pgettext_lazy("question", "Hide"),
            "meetings.record_attendance_meeting",
        ),
    ],
)
