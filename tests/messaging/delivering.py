"""Mails as tests read them: whoever looks into the box first lets the outbox deliver."""

from typing import Any

from django.core import mail
from django.core.mail import EmailMultiAlternatives

from core.messaging.services.delivery import deliver_due


class DeliveredMail:
    """The mails that the portal sent, by position as in a list; looking delivers what is due."""

    def _delivered(self) -> list[EmailMultiAlternatives]:
        if not hasattr(mail, "outbox"):
            mail.outbox = []
        deliver_due()
        return mail.outbox

    def __len__(self) -> int:
        return len(self._delivered())

    def __iter__(self) -> Any:
        return iter(self._delivered())

    def __getitem__(self, index: Any) -> Any:
        return self._delivered()[index]

    def clear(self) -> None:
        self._delivered().clear()
