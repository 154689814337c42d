"""What the clock starts on the ground floor."""

from celery import shared_task
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.admin.background import EXPORT_JOB, export_list
from core.exports import erase_old_exports
from core.jobs.kinds import job_kind

export_list_job = job_kind(EXPORT_JOB, label=_("Export of a list"))(export_list)


@shared_task(name="core.erase_old_exports")  # type: ignore[untyped-decorator]
def erase_old_exports_task() -> int:
    """Once a day; see there."""
    return erase_old_exports(now=timezone.now())
