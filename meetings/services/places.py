"""Places of a gathering: how many are left, and the waiting list that moves up by itself."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from meetings.choices import MeetingStatus, RegistrationStatus
from meetings.emails.registration import post_moved_up
from meetings.models import Meeting, Registration
from meetings.workflow import REGISTRATION_WORKFLOW


@dataclass(frozen=True)
class Places:
    """``left`` is None where there is no limit; never below zero, however far the limit was lowered."""

    taken: int
    waiting: int
    left: int | None

    @property
    def is_full(self) -> bool:
        """Whether somebody who comes now waits: no place is left, or others wait already."""
        return self.left is not None and (self.left == 0 or self.waiting > 0)


def lock_meeting(meeting: Meeting) -> Meeting:
    """The meeting as it is now, locked until the transaction ends: whoever registers or withdraws passes one by one.

    Rows that only point to the meeting are not held up. What owns the meeting, where it was loaded, is not asked again.
    """
    locked = Meeting.objects.select_for_update(of=("self",), no_key=True).get(pk=meeting.pk)
    locked._state.fields_cache.update(meeting._state.fields_cache)
    return locked


def count_places(meeting: Meeting) -> Places:
    """One query."""
    counted = Registration.objects.filter(meeting=meeting).aggregate(
        taken=Count("pk", filter=Q(status=RegistrationStatus.CONFIRMED)),
        waiting=Count("pk", filter=Q(status=RegistrationStatus.WAITING)),
    )
    left = None if meeting.capacity is None else max(0, meeting.capacity - counted["taken"])
    return Places(taken=counted["taken"], waiting=counted["waiting"], left=left)


@transaction.atomic
def fill_places(*, meeting: Meeting) -> int:
    """Gives the free places to those who wait, first come first served, and writes to each once; says to how many.

    Locks the meeting's row, which the caller may hold already. Nobody loses a place here, and nobody gets one in a
    gathering that has begun, was postponed or cancelled.
    """
    locked = lock_meeting(meeting)
    places = count_places(locked)
    if not places.waiting or not _gives_places(locked):
        return 0
    waiting = Registration.objects.filter(meeting=locked).waiting()
    moved = list(waiting if places.left is None else waiting[: places.left])
    for registration in moved:
        registration = REGISTRATION_WORKFLOW.perform(registration, "move_up", actor=None)
        registration.meeting = locked
        post_moved_up(registration=registration)
    return len(moved)


def _gives_places(meeting: Meeting) -> bool:
    return meeting.status == MeetingStatus.SCHEDULED and timezone.now() < meeting.begins_at
