"""Writing messages, previewing them, delivering them."""

from core.messaging.services.posting import Attachment, PlaceholderError, post_message, preview_message

__all__ = ["Attachment", "PlaceholderError", "post_message", "preview_message"]
