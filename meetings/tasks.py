"""What the clock starts for gatherings."""

from celery import shared_task
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.jobs.kinds import job_kind
from meetings.imports import reading
from meetings.services import inviting, mailing
from meetings.services.forgetting import forget_old
from meetings.services.holding import release_held
from meetings.services.reminders import write_due_reminders
from meetings.services.updates import write_updates

read_attendance = job_kind(reading.JOB, label=_("Reading an attendance report"))(reading.read_attendance)

send_invitations = job_kind(inviting.JOB, label=_("Sending invitations"))(inviting.send_round)
write_to_registrants = job_kind(mailing.JOB, label=_("Writing to those who registered"))(mailing.send_mail)


@shared_task(name="meetings.write_reminders")  # type: ignore[untyped-decorator]
def write_reminders() -> int:
    """Every minute; see the service."""
    return write_due_reminders(now=timezone.now())


@shared_task(name="meetings.write_updates")  # type: ignore[untyped-decorator]
def write_updates_task(meeting: int | None = None) -> int:
    """Every minute, and at once after a change; see the service."""
    return write_updates(meeting=meeting)


@shared_task(name="meetings.release_held")  # type: ignore[untyped-decorator]
def release_held_task() -> int:
    """Every minute; see the service."""
    return release_held(now=timezone.now())


@shared_task(name="meetings.forget_old")  # type: ignore[untyped-decorator]
def forget_old_task() -> int:
    """Once a day; see the service."""
    return forget_old(now=timezone.now())


@shared_task(name="meetings.clear_report_files")  # type: ignore[untyped-decorator]
def clear_report_files() -> int:
    """Once a day; see the function."""
    return reading.clear_files(now=timezone.now())
