"""Long work in the own area: a line of the menu for whoever asked for some."""

from django.utils.translation import gettext_lazy as _

from core.accounts.area import menu_entry
from core.accounts.models import User
from core.jobs.models import Job


def has_jobs(user: User) -> bool:
    """Whether the person asked for long work in the last 30 days."""
    return Job.objects.visible_to(user).exists()


menu_entry(_("Long work"), "jobs:list", order=75, visible=has_jobs)
