"""The outbox and the words of mails, as staff see them."""

from core.messaging.admin.outbox import MessageAdmin
from core.messaging.admin.wording import WordingAdmin

__all__ = ["MessageAdmin", "WordingAdmin"]
