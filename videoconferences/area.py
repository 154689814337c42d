"""What videoconferences add to the own area: the plan, for whoever plans any."""

from django.utils.translation import gettext_lazy as _

from core.accounts.area import menu_entry
from core.accounts.models import User
from videoconferences.models import Videoconference


def plans_any(user: User) -> bool:
    """The editorial team, and the people of co-organisers."""
    return user.has_perm("videoconferences.add_videoconference") or bool(
        Videoconference.objects.planned_by(user).exists()
    )


menu_entry(_("Planning of the videoconferences"), "videoconferences:plan", order=30, visible=plans_any)
