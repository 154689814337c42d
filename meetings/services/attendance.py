"""Who was there: checked in, ticked by the team, or named by a report; one row a person."""

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from meetings.choices import LineStatus, PresenceSource, RegistrationSource, RegistrationStatus
from meetings.models import Attendance, AttendanceLine, Meeting, Registration
from meetings.presence import total_seconds
from meetings.services.places import lock_meeting
from meetings.services.registration import RegistrationEntry, register_participant
from meetings.workflow import REGISTRATION_WORKFLOW

if TYPE_CHECKING:
    from core.accounts.models import User


@transaction.atomic
def record_presence(*, registrations: Iterable[Registration], source: str) -> int:
    """Writes down that these people are there; says of how many it was not known. Fit to run twice at once.

    What is known already keeps its source. Somebody from the waiting list who is there gets a place, and a place that
    waited for its address to be confirmed lapses no more.
    """
    keys = [each.pk for each in registrations]
    present = _make_present(keys)
    known = set(Attendance.objects.filter(registration__in=present).values_list("registration", flat=True))
    Attendance.objects.bulk_create(
        [Attendance(registration_id=pk, source=source) for pk in present if pk not in known],
        ignore_conflicts=True,
    )
    return len(set(present) - known)


@transaction.atomic
def take_back_presence(*, registrations: Iterable[Registration]) -> int:
    """They were not there after all, whoever said so; says of how many it was known."""
    keys = [each.pk for each in registrations]
    return Attendance.objects.filter(registration__in=keys).delete()[0]


@transaction.atomic
def save_ticks(*, meeting: Meeting, ticked: Collection[int], unticked: Collection[int]) -> tuple[int, int]:
    """What somebody changed on a page of the tick list, and nothing else of it; says how many came and went.

    Others who tick at the same time lose nothing: only rows that this person changed are written.
    """
    mine = Registration.objects.filter(meeting=lock_meeting(meeting))
    came = record_presence(registrations=mine.filter(pk__in=ticked), source=PresenceSource.TICKED)
    went = take_back_presence(registrations=mine.filter(pk__in=unticked))
    return came, went


@transaction.atomic
def add_present(
    *, meeting: Meeting, entry: RegistrationEntry, source: str, user: "User | None" = None
) -> Registration:
    """Registers somebody who came without registration, and writes down that they are there.

    An address that is registered already is that registration: its person is there, and what they said stays.
    """
    locked = lock_meeting(meeting)
    email = entry.email.strip().lower()
    standing = Registration.objects.active().filter(meeting=locked, email=email).first()
    registration = standing or register_participant(
        meeting=locked, entry=entry, user=user, source=RegistrationSource.ON_THE_DAY
    )
    record_presence(registrations=[registration], source=source)
    return registration


def _make_present(keys: Sequence[int]) -> list[int]:
    """Those of them who have a place now, behind the locks of their rows."""
    rows = list(
        Registration.objects.active()
        .select_for_update(of=("self",))
        .filter(pk__in=keys)
        .select_related("meeting")
        .order_by("pk")
    )
    for row in rows:
        if row.status == RegistrationStatus.WAITING:
            REGISTRATION_WORKFLOW.perform(row, "move_up", actor=None, at=timezone.now())
    Registration.objects.filter(pk__in=[row.pk for row in rows], held_until__isnull=False).update(
        held_until=None
    )
    return [row.pk for row in rows]


@transaction.atomic
def settle(*, registrations: Collection[int]) -> None:
    """Brings the attendance of these people to what the lines that are theirs say now.

    The source that was known first stays; whoever was known from a report alone, and has no line any more, was not
    there as far as anybody knows.
    """
    lines: dict[int, list[AttendanceLine]] = {}
    for line in AttendanceLine.objects.filter(registration__in=registrations, outcome=LineStatus.MATCHED):
        lines.setdefault(line.registration_id or 0, []).append(line)
    present = set(_make_present(list(lines)))
    known = {each.registration_id: each for each in Attendance.objects.filter(registration__in=registrations)}
    made: list[Attendance] = []
    changed: list[Attendance] = []
    for pk, theirs in lines.items():
        if pk not in present:
            continue
        row = known.get(pk) or Attendance(registration_id=pk, source=PresenceSource.REPORT)
        joins = [line.joined_at for line in theirs if line.joined_at]
        leaves = [line.left_at for line in theirs if line.left_at]
        row.joined_at, row.left_at = min(joins, default=None), max(leaves, default=None)
        row.seconds = total_seconds((line.seconds, line.spells) for line in theirs)
        (changed if row.pk else made).append(row)
    Attendance.objects.bulk_create(made, batch_size=1000)
    Attendance.objects.bulk_update(changed, ["joined_at", "left_at", "seconds"], batch_size=500)
    for pk, row in known.items():
        if pk in lines:
            continue
        if row.source == PresenceSource.REPORT:
            row.delete()
        else:
            row.joined_at = row.left_at = row.seconds = None
            row.save(update_fields=["joined_at", "left_at", "seconds"])
