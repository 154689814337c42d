"""Signing in by the portal's own pages, as the people of the demo do."""

import time
from collections.abc import Callable

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from playwright.sync_api import Page

from promotori.demo import DEMO_TOTP_SECRET, DemoPerson, demo_people
from tests.e2e.arriving import follow


def demo_person(word: str) -> DemoPerson:
    """A person of the demo by the first word of the address."""
    return next(each for each in demo_people() if each.email.startswith(f"{word}@"))


# A code opens an account once. Who typed a password last, and which codes were typed for whom.
_last = {"email": ""}
_used: set[tuple[str, str]] = set()


def code_of(secret: str) -> str:
    """What an authenticator application shows now."""
    return _codes(secret)[0]


def _codes(secret: str) -> list[str]:
    """The code of now, then those of a clock that is a little fast or slow, which the portal takes too."""
    past, now, next_ = yield_hotp_counters_from_time()
    return [str(format_hotp_value(hotp_value(secret, counter))) for counter in (now, next_, past)]


def _unused(codes: Callable[[], list[str]]) -> str:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        for code in codes():
            if (_last["email"], code) not in _used:
                _used.add((_last["email"], code))
                return code
        time.sleep(1)
    raise TimeoutError("no new code in a minute")


def give_password(page: Page, email: str, password: str) -> None:
    _last["email"] = email
    page.get_by_label("Adresa de e-mail").fill(email)
    page.get_by_label("Parola").fill(password)
    follow(page.get_by_role("main").get_by_role("button", name="Autentificare", exact=True))


def give_code(page: Page, shown: Callable[[], str] | None = None) -> None:
    """Types a code that the person has not typed before; ``shown`` is another place that shows codes."""
    page.get_by_label("Cod").fill(_unused(lambda: [shown()] if shown else _codes(DEMO_TOTP_SECRET)))
    follow(page.get_by_role("main").get_by_role("button", name="Autentificare", exact=True))
