"""A message that is ready: shown before it leaves and posted by the same words and values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Model
from django.urls import reverse
from django.utils import translation

from core.messaging.kinds import MailKind
from core.messaging.rendering import RenderedMail
from core.messaging.services import post_message, preview_message

if TYPE_CHECKING:
    from core.accounts.models import User


@dataclass(frozen=True)
class Letter:
    """One message to one person; what :meth:`preview` shows is what :meth:`post` sends."""

    kind: MailKind
    key: str
    to: str
    values: Mapping[str, object]
    language: str
    user: "User | None" = None
    about: Model | None = None

    def preview(self) -> RenderedMail:
        return preview_message(kind=self.kind, values=self.values, language=self.language)

    def post(self) -> None:
        """Writes the row of the outbox in the caller's transaction; a key that was posted once writes nothing."""
        post_message(
            kind=self.kind,
            key=self.key,
            to=self.to,
            values=self.values,
            user=self.user,
            language=self.language,
            about=self.about,
        )

    @property
    def recipient(self) -> str:
        """Whom staff read that it goes to."""
        return f"{self.user.full_name} <{self.to}>" if self.user and self.user.full_name else self.to


def link_to(name: str, *arguments: object, language: str) -> str:
    """The whole address of a page in the reader's language."""
    with translation.override(language):
        return f"{settings.SITE_URL}{reverse(name, args=arguments)}"
