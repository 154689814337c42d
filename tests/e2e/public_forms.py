"""Public forms take nothing that was opened under three seconds ago; a journey need not sit those seconds out."""

import time

from django.core.signing import TimestampSigner, b62_encode
from playwright.sync_api import Page

from scripts.demo_environment import DEMO_SECRET_KEY

READING = 10


class _Earlier(TimestampSigner):
    def timestamp(self) -> str:
        return b62_encode(int(time.time()) - READING)


def open_for_a_while(page: Page, form: str) -> None:
    """The form on the page, by the name of its class, says that it was opened ten seconds ago.

    test_feedback_journey waits by the clock, and tests/pages/test_public_forms.py holds what comes too early.
    """
    opened = _Earlier(key=DEMO_SECRET_KEY, salt=f"publicforms.{form}").sign("opened")
    page.locator("main input[name=opened]").evaluate("(field, value) => { field.value = value; }", opened)
