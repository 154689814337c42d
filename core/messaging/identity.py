"""The name by which mail servers and programs know a message."""

import uuid
from urllib.parse import urlsplit

from django.conf import settings


def new_message_id() -> str:
    """A Message-ID that no other mail has, under the portal's own name."""
    return f"<{uuid.uuid4().hex}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}>"
