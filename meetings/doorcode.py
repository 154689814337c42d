"""The address at which participants check in: short enough to be typed from a slide, signed so that none is guessed."""

import base64
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from meetings.models import Meeting

_SALT: Final = "meetings.door"
_LENGTH: Final = 8


def door_code(meeting: Meeting) -> str:
    """The gathering's number and eight letters or figures."""
    return f"{meeting.pk}-{_mark(meeting.pk)}"


def _mark(number: int) -> str:
    digest = salted_hmac(_SALT, str(number), algorithm="sha256").digest()
    return base64.b32encode(digest).decode().lower()[:_LENGTH]


def check_in_url(meeting: Meeting) -> str:
    """The whole address, in the active language."""
    return settings.SITE_URL + reverse("meetings:check_in", args=[door_code(meeting)])


def meeting_of_code(code: str) -> Meeting | None:
    """The gathering whose code this is, typed in capitals or not; None for any other words."""
    number, _dash, mark = code.strip().lower().partition("-")
    if not (number.isascii() and number.isdigit() and len(number) < 12):
        return None
    if not constant_time_compare(mark, _mark(int(number))):
        return None
    return Meeting.objects.filter(pk=number).first()
