"""Somebody registers without scripts, confirms by the link of the mail, finds the way in, changes and withdraws."""

import json
import re
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.e2e.arriving import follow
from tests.e2e.axe import violations
from tests.e2e.portal import Portal
from tests.e2e.watch import Watch

JOIN = "https://video.example.org/intrare-secreta"
MAKE = f"""
from datetime import datetime, timedelta
from django.utils import timezone
from meetings.choices import MeetingKind, MeetingStatus
from meetings.models import BUCHAREST, Meeting
from programmes.models import Edition
from videoconferences.models import Videoconference
day = timezone.localdate() + timedelta(days=9)
meeting = Meeting.objects.create(
    kind=MeetingKind.VIDEOCONFERENCE, title="Proba înscrierii", status=MeetingStatus.SCHEDULED, on_date=day,
    starts_at=datetime(day.year, day.month, day.day, 10, tzinfo=BUCHAREST), capacity=30, join_url="{JOIN}",
)
Videoconference.objects.create(edition=Edition.objects.get(year=2021), number=77, meeting=meeting)
"""
MAIL = """
import json
from core.messaging.models import Message
print(json.dumps(list(Message.objects.filter(to="{to}").order_by("pk").values_list("kind", "text"))))
"""
# What other journeys count is as it was.
UNDO = """
from meetings.models import Meeting
from videoconferences.models import Videoconference
conference = Videoconference.objects.get(number=77)
meeting = conference.meeting
conference.delete()
meeting.registrations.all().delete()
meeting.delete()
"""
ADDRESS = "/videoconferinte/2021/77/"


def mails(portal: Portal, to: str) -> list[list[str]]:
    shown = portal.manage("shell", "--no-imports", "-c", MAIL.format(to=to)).strip().splitlines()[-1]
    return list(json.loads(shown))


def test_a_registration_from_the_form_to_the_withdrawal(
    browser: Browser, browser_context_args: dict[str, Any], page: Page, portal: Portal, watch: Watch
) -> None:
    portal.manage("shell", "--no-imports", "-c", MAKE)
    try:
        context = browser.new_context(
            **{**browser_context_args, "viewport": {"width": 360, "height": 740}}, java_script_enabled=False
        )
        register(context.new_page())
        assert context.cookies() == []
        context.close()
        keep(page, portal)
    finally:
        portal.manage("shell", "--no-imports", "-c", UNDO)


def register(plain: Page) -> None:
    """What is missing is said, what was typed stays, the registry's name is offered, the receipt ends it."""
    plain.goto(ADDRESS)
    plain.get_by_role("link", name="Înscrieți-vă").click()
    expect(plain.locator("main")).to_contain_text("Locuri rămase: cel puțin 30, din 30.")
    plain.wait_for_timeout(3200)
    plain.get_by_label("Numele și prenumele").fill("Ana Pop")
    check = plain.get_by_role("button", name="Verificați ce ați scris")
    check.click()
    expect(plain.get_by_role("alert")).to_contain_text("Alegeți județul.")
    expect(plain.get_by_label("Numele și prenumele")).to_have_value("Ana Pop")
    plain.get_by_label("Adresa dumneavoastră de e-mail").fill("ana.pop@exemplu.invalid")
    plain.get_by_label("Participați ca").select_option("ong")
    plain.get_by_role("radio", name="Local", exact=True).check()
    plain.get_by_label("Organizația sau autoritatea").fill("pro vobis")
    plain.locator("[name=county]").select_option("CJ")
    plain.locator("[name=locality]").fill("cluj napoca")
    plain.get_by_label("Sunt de acord cu acest text").check()
    check.click()
    expect(plain.locator("h1")).to_have_text("Verificați înscrierea")
    expect(plain.locator("main")).to_contain_text("Cluj-Napoca")
    expect(plain.locator("main")).to_contain_text("Organizații neguvernamentale")
    plain.get_by_role("radio", name=re.compile("Vobis")).check()
    plain.get_by_role("button", name="Trimiteți înscrierea").click()
    expect(plain.locator("h1")).to_have_text("Am primit înscrierea")


def keep(page: Page, portal: Portal) -> None:
    """The page of the link: the way in only after the button, a change, the withdrawal."""
    [[kind, text]] = mails(portal, "ana.pop@exemplu.invalid")
    assert kind == "meetings.held"
    own = re.search(r"\S+/inscrieri/\S+", text)
    assert own is not None
    page.goto(own[0])
    expect(page.locator("main")).not_to_contain_text("Intrați în întâlnire")
    assert violations(page) == []
    page.get_by_role("button", name="Confirmați înscrierea").click()
    expect(page.get_by_role("link", name="Intrați în întâlnire")).to_have_attribute("href", JOIN)
    assert violations(page) == []
    follow(page.get_by_role("link", name="Modificați"))
    assert violations(page) == []
    page.get_by_label("Participați ca").select_option("alt-actor")
    page.get_by_role("radio", name="Altul").check()
    page.get_by_role("button", name="Salvați modificările").click()
    expect(page.locator("main")).to_contain_text("Alt actor interesat")
    page.get_by_role("link", name="Retrageți înscrierea").click()
    page.get_by_role("button", name="Retrageți înscrierea").click()
    expect(page.locator("main")).to_contain_text("V-ați retras")
    expect(page.locator("main")).not_to_contain_text("Intrați în întâlnire")
    kinds = [kind for kind, _text in mails(portal, "ana.pop@exemplu.invalid")]
    assert kinds == ["meetings.held", "meetings.place", "meetings.withdrawn"]
