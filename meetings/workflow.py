"""What may follow what in a meeting's life."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from core.workflow import Transition, Workflow
from meetings.choices import MeetingStatus as S
from meetings.models import Meeting


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
            _("Cancel"),
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
