"""Imports of organisations: two kinds of jobs, and the erasing of old files."""

from celery import shared_task
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.jobs.kinds import job_kind
from organisations.imports import reading
from organisations.services import importing

read_import = job_kind(importing.READ_JOB, label=_("Reading a file of organisations"))(reading.read_import)
apply_import = job_kind(importing.APPLY_JOB, label=_("Bringing a file into the registry"))(
    reading.apply_import
)


@shared_task(name="organisations.erase_old_imports")
def erase_old_imports() -> int:
    """Once a day; see the service."""
    return importing.erase_old_imports(now=timezone.now())
