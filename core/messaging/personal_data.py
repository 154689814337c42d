"""Mails to a person, for "my data" and for erasure."""

from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.accounts.personal_data import on_erasure, personal_data
from core.messaging.kinds import category_named, kind_named
from core.messaging.models import Message, NotificationPreference
from core.messaging.services.erasing import forget_recipient


@personal_data(
    _("Mails that the portal sent you"),
    why=_("To know what was sent, and to send again what did not arrive."),
    kept=_("Text and address one year; codes and links for signing in only until they are sent."),
    order=65,
)
def mails(user: User) -> list[dict[Any, Any]]:
    found = Message.objects.filter(Q(user=user) | Q(to__iexact=user.email)).prefetch_related("attachments")
    return [
        {
            _("Written on"): each.created_at,
            _("Kind"): kind.label if (kind := kind_named(each.kind)) else each.kind,
            _("Address"): each.to,
            _("Subject"): each.subject,
            _("Text"): each.text,
            _("State"): each.get_status_display(),
            _("Sent on"): each.sent_at,
        }
        for each in found
    ]


@personal_data(
    _("Notifications"),
    why=_("To write to you only about what you want."),
    kept=_("As long as you have the account."),
    correct="account_notifications",
    order=66,
)
def preferences(user: User) -> list[dict[Any, Any]]:
    return [
        {
            _("Kind"): category.label if (category := category_named(each.category)) else each.category,
            _("Wanted"): each.wanted,
            _("Changed on"): each.changed_at,
        }
        for each in NotificationPreference.objects.filter(user=user)
    ]


@on_erasure(
    erased=_("The text of the mails that the portal sent you, with your address."),
    stays=_("That a mail of a kind was sent, and when, without you."),
)
def forget_mails(user: User) -> None:
    forget_recipient(user=user, now=timezone.now())
