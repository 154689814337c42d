"""Attendance reports of platforms: brought in as a whole or not at all; doubtful people decided one by one."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.choices import LineStatus, PresenceSource
from meetings.models import AttendanceImport, AttendanceLine, Meeting, Registration
from meetings.presence import ReportedPerson
from meetings.selectors.matching import Matcher, name_key
from meetings.services.attendance import add_present, settle
from meetings.services.places import lock_meeting
from meetings.services.registration import RegistrationEntry

if TYPE_CHECKING:
    from core.accounts.models import User


class ReportRefusedError(Exception):
    """The report, or what was decided of a line, cannot be taken; the text says why and names nobody."""


@dataclass(frozen=True)
class Imported:
    """What came of a report, in numbers."""

    report: AttendanceImport
    people: int
    matched: int
    doubtful: int
    unknown: int


@transaction.atomic
def bring_in(
    *,
    meeting: Meeting,
    platform: str,
    file_name: str,
    digest: str,
    people: Sequence[ReportedPerson],
    uploaded_by: "User | None",
) -> Imported:
    """Keeps the people of a report and writes down who was there.

    One transaction, behind the meeting's lock. Whoever was decided on in an earlier report of this gathering is decided
    on here too. Raises :class:`ReportRefusedError` for a file that was read already.
    """
    locked = lock_meeting(meeting)
    if was_read(locked, digest):
        raise ReportRefusedError(said_twice())
    report = AttendanceImport.objects.create(
        meeting=locked, platform=platform, file_name=file_name, digest=digest, uploaded_by=uploaded_by
    )
    lines = _judged(locked, report, people)
    AttendanceLine.objects.bulk_create(lines, batch_size=1000)
    settle(registrations={line.registration_id for line in lines if line.registration_id})
    return _counted(report, [line.outcome for line in lines])


def brought_in(*, meeting: Meeting, digest: str, since: datetime) -> Imported | None:
    """What came of exactly this file, when it was read for the gathering at this moment or later; None otherwise."""
    report = AttendanceImport.objects.filter(meeting=meeting, digest=digest, uploaded_at__gte=since).first()
    return _counted(report, report.lines.values_list("outcome", flat=True)) if report else None


def _counted(report: AttendanceImport, outcomes: Iterable[str]) -> Imported:
    counted = Counter(outcomes)
    return Imported(
        report,
        counted.total(),
        counted[LineStatus.MATCHED],
        counted[LineStatus.DOUBTFUL],
        counted[LineStatus.UNKNOWN],
    )


def was_read(meeting: Meeting, digest: str) -> bool:
    """Whether exactly this file was read for the gathering."""
    return AttendanceImport.objects.filter(meeting=meeting, digest=digest).exists()


def said_twice() -> str:
    return _("This report has been read already. Nothing was changed.")


def _judged(
    meeting: Meeting, report: AttendanceImport, people: Sequence[ReportedPerson]
) -> list[AttendanceLine]:
    matcher = Matcher(meeting)
    decided = _decisions(meeting)
    matches = [matcher.match(person.name, person.email) for person in people]
    # A name that two people of one report bear is nobody's without doubt, unless the address says whose.
    by_name = Counter(
        match.only
        for person, match in zip(people, matches, strict=True)
        if match.only is not None and matcher.by_email(person.email) is None
    )
    lines = []
    for person, match in zip(people, matches, strict=True):
        line = AttendanceLine(
            report=report,
            number=person.number,
            name=person.name,
            email=person.email,
            joined_at=person.joined_at,
            left_at=person.left_at,
            seconds=person.seconds,
            spells=[list(spell) for spell in person.spells],
        )
        earlier = decided.get(_who(person.name, person.email))
        sure = match.only is not None and (
            matcher.by_email(person.email) is not None or by_name[match.only] == 1
        )
        if earlier is not None:
            line.outcome, line.registration_id = earlier.outcome, earlier.registration_id
            line.decided_by_id, line.decided_at = earlier.decided_by_id, earlier.decided_at
        elif sure:
            line.outcome, line.registration_id = LineStatus.MATCHED, match.only
        else:
            line.outcome = LineStatus.DOUBTFUL if match.likely else LineStatus.UNKNOWN
        lines.append(line)
    return lines


def _decisions(meeting: Meeting) -> dict[tuple[str, str], AttendanceLine]:
    """What somebody of the team decided of people of earlier reports, the latest of each."""
    found = AttendanceLine.objects.filter(
        report__meeting=meeting,
        decided_at__isnull=False,
        outcome__in=[LineStatus.MATCHED, LineStatus.LEFT_OUT],
    ).order_by("decided_at")
    return {_who(line.name, line.email): line for line in found}


def _who(name: str, email: str) -> tuple[str, str]:
    return ("email", email.lower()) if email else ("name", name_key(name))


@transaction.atomic
def decide(*, line: AttendanceLine, registration: Registration | None, actor: "User") -> AttendanceLine:
    """The line is of this registration, or of nobody who is counted (None); the same decision twice changes nothing.

    Raises :class:`ReportRefusedError` for a registration of another gathering, or one that has ended.
    """
    lock_meeting(line.report.meeting)
    locked = AttendanceLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    if registration is not None and (
        registration.meeting_id != line.report.meeting_id or not registration.is_active
    ):
        raise ReportRefusedError(_("This registration is not one of this gathering, or has ended."))
    before = locked.registration_id
    locked.registration = registration
    locked.outcome = LineStatus.LEFT_OUT if registration is None else LineStatus.MATCHED
    locked.decided_by, locked.decided_at = actor, timezone.now()
    locked.save(update_fields=["registration", "outcome", "decided_by", "decided_at"])
    settle(registrations={pk for pk in (before, locked.registration_id) if pk})
    return locked


@transaction.atomic
def decide_new(*, line: AttendanceLine, entry: RegistrationEntry, actor: "User") -> AttendanceLine:
    """Registers the person of the line as come on the day; an address that is registered is that registration."""
    registration = add_present(meeting=line.report.meeting, entry=entry, source=PresenceSource.REPORT)
    return decide(line=line, registration=registration, actor=actor)
