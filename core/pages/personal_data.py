"""Messages that a person sent from their address, for "my data" and for erasure."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.accounts.personal_data import on_erasure, personal_data
from core.pages.models import Feedback
from core.pages.services import forget_sender


@personal_data(
    _("Messages that you sent us"),
    why=_("To answer you. They are found by your e-mail address."),
    kept=_("Two years after the message was answered or closed."),
    order=60,
)
def messages(user: User) -> list[dict[Any, Any]]:
    return [
        {
            _("Number"): each.reference,
            _("Received on"): each.created_at,
            _("Message"): each.message,
            _("Page"): each.page_address,
            _("State"): each.get_status_display(),
        }
        for each in Feedback.objects.filter(email__iexact=user.email)
    ]


@on_erasure(
    erased=_("Your address and name in the messages that you sent us."),
    stays=_(
        "The messages themselves, without you, for two years after they were answered: they are about the portal."
    ),
)
def forget_messages(user: User) -> None:
    forget_sender(user=user)
