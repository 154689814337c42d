"""Signing in by the portal's own pages, as the people of the demo do."""

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from playwright.sync_api import Page

from promotori.demo import DEMO_TOTP_SECRET, DemoPerson, demo_people


def demo_person(word: str) -> DemoPerson:
    """A person of the demo by the first word of the address."""
    return next(each for each in demo_people() if each.email.startswith(f"{word}@"))


def code_of(secret: str) -> str:
    """What an authenticator application shows now."""
    counters = list(yield_hotp_counters_from_time())
    return str(format_hotp_value(hotp_value(secret, counters[len(counters) // 2])))


def give_password(page: Page, email: str, password: str) -> None:
    page.get_by_label("Adresa de e-mail").fill(email)
    page.get_by_label("Parola").fill(password)
    page.get_by_role("main").get_by_role("button", name="Autentificare", exact=True).click()


def give_code(page: Page, secret: str = DEMO_TOTP_SECRET) -> None:
    page.get_by_label("Cod").fill(code_of(secret))
    page.get_by_role("main").get_by_role("button", name="Autentificare", exact=True).click()
