"""A gathering is published, moved, postponed, cancelled, held; whoever registered is told in the same transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, Self

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.workflow import TransitionRefusedError
from meetings.choices import MeetingStatus
from meetings.models import BUCHAREST, AgendaItem, Meeting
from meetings.services.places import fill_places
from meetings.services.reminders import reset_reminders, stop_reminders
from meetings.services.updates import tell_registrants
from meetings.workflow import MEETING_WORKFLOW

if TYPE_CHECKING:
    from core.accounts.models import User

# Shown by calendar entries: a change of these in a public gathering is a new version of the entry (RFC 5545).
ANNOUNCED: Final = frozenset({"title", "on_date", "starts_at", "ends_at", "is_online", "place"})
# Whoever registered is told of these.
TOLD: Final = frozenset({"on_date", "starts_at", "ends_at", "is_online", "place"})


class PlanningError(Exception):
    """A change that cannot be made now; the text says why, to the person who asked for it."""


@dataclass(frozen=True, kw_only=True)
class MeetingChange:
    """All that planning decides of a gathering, as it shall be; ``MeetingChange.of(meeting)`` is as it is."""

    title: str
    on_date: date
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    is_online: bool = True
    place: str = ""
    platform: str = ""
    join_url: str = ""
    capacity: int | None = None
    takes_registrations: bool = True
    registration_opens_at: datetime | None = None
    registration_closes_at: datetime | None = None
    reminds_week_before: bool = True
    reminds_day_before: bool = True
    reminds_hour_before: bool = True
    follows_up: bool = True
    summary: str = ""

    @classmethod
    def of(cls, meeting: Meeting) -> Self:
        return cls(**{field.name: getattr(meeting, field.name) for field in fields(cls)})

    def differs_in(self, meeting: Meeting) -> frozenset[str]:
        """Names of the fields that would change."""
        return frozenset(
            field.name for field in fields(self) if getattr(self, field.name) != getattr(meeting, field.name)
        )

    def put_in(self, meeting: Meeting) -> None:
        for field in fields(self):
            setattr(meeting, field.name, getattr(self, field.name))


def is_told(meeting: Meeting, change: MeetingChange, *, now: datetime | None = None) -> bool:
    """Whether those who registered are told of this change: the gathering is announced and, as changed, still ahead."""
    if meeting.status != MeetingStatus.SCHEDULED or TOLD.isdisjoint(change.differs_in(meeting)):
        return False
    moment = now or timezone.now()
    if change.starts_at:
        return change.starts_at > moment
    return change.on_date >= moment.astimezone(BUCHAREST).date()


def check_change(meeting: Meeting, change: MeetingChange) -> None:
    """Raises ``ValidationError``, by field, for what the gathering cannot be."""
    tried = Meeting.objects.get(pk=meeting.pk)
    change.put_in(tried)
    tried.full_clean()
    if meeting.status != MeetingStatus.SCHEDULED:
        return
    if meeting.starts_at and not change.starts_at:
        raise ValidationError({"starts_at": _("It is announced: its hour can be changed, not taken away.")})
    if not change.is_online and not change.place:
        raise ValidationError({"place": _("It is announced: write the place.")})


@transaction.atomic
def change_meeting(*, meeting: Meeting, change: MeetingChange, actor: "User | None") -> frozenset[str]:
    """Writes the change and returns what differs; the row is locked first and ``meeting`` is brought up to date.

    A public gathering whose announced fields change gets a new version of its calendar entry; those who registered
    are told when the day, the hours or the place changed; reminders that are to come again come again; places that
    became free go to the waiting list. Raises ``ValidationError`` for what the gathering cannot be and
    :class:`PlanningError` when it is gone.
    """
    locked = Meeting.objects.select_for_update().filter(pk=meeting.pk).first()
    if locked is None:
        raise PlanningError(_("This record has been deleted in the meantime."))
    changed = change.differs_in(locked)
    if changed:
        _write(locked, change, changed)
    for field in Meeting._meta.concrete_fields:
        setattr(meeting, field.attname, getattr(locked, field.attname))
    return changed


def _write(locked: Meeting, change: MeetingChange, changed: frozenset[str]) -> None:
    tells, old_start, old_capacity = is_told(locked, change), locked.starts_at, locked.capacity
    check_change(locked, change)
    change.put_in(locked)
    if locked.is_public and not ANNOUNCED.isdisjoint(changed):
        locked.sequence += 1
    locked.save()
    if locked.status == MeetingStatus.SCHEDULED and "starts_at" in changed:
        reset_reminders(meeting=locked, old_start=old_start)
    if tells:
        tell_registrants(meeting=locked, change="changed")
    if "capacity" in changed and old_capacity is not None and _has_more(old_capacity, locked.capacity):
        fill_places(meeting=locked)


def _has_more(old: int, new: int | None) -> bool:
    return new is None or new > old


@transaction.atomic
def write_agenda(*, meeting: Meeting, items: Sequence[AgendaItem], actor: "User | None") -> None:
    """Puts these points in the place of the agenda, in their order."""
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    meeting.agenda.all().delete()
    for position, item in enumerate(items):
        item.pk, item.meeting, item.position = None, meeting, position
        item.save()


@transaction.atomic
def publish_meeting(*, meeting: Meeting, actor: "User | None") -> Meeting:
    """Announces a draft, or a postponed gathering on its new day; those who registered before are told.

    Raises TransitionRefusedError.
    """
    before = _status(meeting)
    saved = MEETING_WORKFLOW.perform(meeting, "schedule", actor=actor)
    _write_words(saved, "")
    if before == MeetingStatus.POSTPONED:
        reset_reminders(meeting=saved, old_start=None)
        tell_registrants(meeting=saved, change="scheduled")
    return saved


@transaction.atomic
def postpone_meeting(*, meeting: Meeting, actor: "User | None", reason: str, words: str = "") -> Meeting:
    """Takes the gathering off its day until a new one is known; reminders stop. Raises TransitionRefusedError.

    ``reason`` stays with the team; ``words`` are for everybody.
    """
    saved = MEETING_WORKFLOW.perform(meeting, "postpone", actor=actor, reason=reason)
    _write_words(saved, words)
    stop_reminders(meeting=saved)
    tell_registrants(meeting=saved, change="postponed")
    return saved


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, actor: "User | None", reason: str, words: str = "") -> Meeting:
    """Ends the gathering before it was held; reminders stop. Raises TransitionRefusedError.

    ``reason`` stays with the team; ``words`` are for everybody.
    """
    saved = MEETING_WORKFLOW.perform(meeting, "cancel", actor=actor, reason=reason)
    _write_words(saved, words)
    stop_reminders(meeting=saved)
    tell_registrants(meeting=saved, change="cancelled")
    return saved


def hold_meeting(*, meeting: Meeting, actor: "User | None") -> Meeting:
    """Marks the gathering as held, once it has begun; nobody is written to at once. Raises TransitionRefusedError."""
    if meeting.starts_at and meeting.starts_at > timezone.now():
        raise TransitionRefusedError(_("It has not begun yet, so it cannot be marked as held."))
    return MEETING_WORKFLOW.perform(meeting, "hold", actor=actor)


def _write_words(meeting: Meeting, words: str) -> None:
    if meeting.told_words != words:
        meeting.told_words = words
        meeting.save(update_fields=["told_words", "updated_at"])


def make_step(
    *, meeting: Meeting, name: str, actor: "User | None", reason: str = "", words: str = ""
) -> Meeting:
    """The step of the table with what goes with it, by its name. Raises TransitionRefusedError."""
    match name:
        case "schedule":
            return publish_meeting(meeting=meeting, actor=actor)
        case "postpone":
            return postpone_meeting(meeting=meeting, actor=actor, reason=reason, words=words)
        case "cancel":
            return cancel_meeting(meeting=meeting, actor=actor, reason=reason, words=words)
        case "hold":
            return hold_meeting(meeting=meeting, actor=actor)
    raise ValueError(name)


def _status(meeting: Meeting) -> str:
    """The state now, under the lock that the step takes too."""
    row = Meeting.objects.select_for_update().filter(pk=meeting.pk).values_list("status", flat=True).first()
    return str(row or "")
