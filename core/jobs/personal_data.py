"""Long work that a person asked for, for "my data"; after an erasure it belongs to nobody and is gone in 30 days."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.accounts.personal_data import personal_data
from core.jobs.models import Job


@personal_data(
    _("Long work that you asked for"),
    why=_("So that you can watch it, stop it and fetch what came out."),
    kept=_("30 days."),
    order=92,
)
def jobs(user: User) -> list[dict[Any, Any]]:
    return [
        {_("When"): each.created_at, _("What"): each.title, _("State"): each.get_status_display()}
        for each in Job.objects.filter(owner=user)
    ]
