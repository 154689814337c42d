"""What the worker and the clock start for jobs."""

from celery import shared_task
from django.utils import timezone

from core.jobs import services


@shared_task(name=services.RUN_TASK)  # type: ignore[untyped-decorator]
def run_job(pk: str) -> None:
    """Does the job; see the service."""
    services.run(pk=pk)


@shared_task(name="jobs.find_lost")  # type: ignore[untyped-decorator]
def find_lost_jobs() -> int:
    """Every minute: jobs that a killed worker left are taken up again."""
    return services.find_lost(now=timezone.now())


@shared_task(name="jobs.erase_old")  # type: ignore[untyped-decorator]
def erase_old_jobs() -> int:
    """Once a day: old jobs and their files go."""
    return services.erase_old(now=timezone.now())
