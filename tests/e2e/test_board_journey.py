"""The board of themes on a phone without scripts; conclusions and figures as everybody reads them."""

import os

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.arriving import follow
from tests.e2e.axe import violations
from tests.e2e.portal import Portal
from tests.e2e.signing_in import demo_person, give_password

# A made-up edition that takes themes, with one videoconference that was held; taken away again afterwards.
MAKE = """
from datetime import date
from django.utils import timezone
from meetings.models import Attendance, Meeting, Registration
from organisations.models import Organisation
from programmes.models import Edition
from videoconferences.models import *
edition = Edition.objects.create(number=43, year=2062, status='running', purpose='probă')
meeting = Meeting.objects.create(kind='videoconference', title='Proba', on_date=date(2021, 5, 5), status='held')
held = Videoconference.objects.create(edition=edition, number=1, meeting=meeting)
theme = Theme.objects.order_by('position').first()
VideoconferenceTheme.objects.create(videoconference=held, theme=theme, reason='O cer trei județe.')
other = Organisation.objects.get(slug='pro-vobis')
now = timezone.now()
why = 'Voluntarii nu au unde să se adreseze.'
ThemeProposal.objects.create(edition=edition, organisation=other, title='Centre de voluntariat în fiecare județ',
    why=why, status='taken', theme=theme, answer='O cer trei județe.', answered_at=now)
ThemeProposal.objects.create(edition=edition, organisation=other, title='Asigurarea voluntarilor')
texts = {'nevoie': 'Lipsesc spații de întâlnire.', 'propunere-legislativa': 'Fișa de protecție simplă.'}
for kind, text in texts.items():
    Conclusion.objects.create(videoconference=held, kind=kind, text=text, theme=theme, level='local',
        addressee='Consiliul Județean', status='published', published_at=now)
for number in range(32):
    sector, level = ('public', 'judetean') if number % 8 == 0 else ('ong', 'local')
    row = Registration.objects.create(meeting=meeting, name='P', email=f'p{number}@exemplu.invalid',
        status='confirmed', confirmed_at=now, participant_type='ong', sector=sector, level=level)
    Attendance.objects.create(registration=row, source='ticked')
"""
UNMAKE = """
from meetings.models import Meeting
from programmes.models import Edition
from videoconferences.models import *
gone = Videoconference.objects.filter(edition__year=2062)
meetings = list(gone.values_list('meeting', flat=True))
Conclusion.objects.filter(videoconference__in=gone).delete()
gone.delete()
for meeting in Meeting.objects.filter(pk__in=meetings):
    meeting.registrations.all().delete()
    meeting.delete()
Edition.objects.filter(year=2062).delete()
"""


def look(page: Page, name: str) -> None:
    """No fault of accessibility, nothing wider than a phone; a picture for whoever looks by eye."""
    assert violations(page) == [], name
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), name
    if folder := os.environ.get("PORTAL_PICTURES"):
        page.screenshot(path=f"{folder}/board-{name}-360.png", full_page=True)
        page.set_viewport_size({"width": 1280, "height": 900})
        page.screenshot(path=f"{folder}/board-{name}-1280.png", full_page=True)
        page.emulate_media(color_scheme="dark")
        page.screenshot(path=f"{folder}/board-{name}-dark.png", full_page=True)
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 360, "height": 740})


@pytest.fixture
def edition(portal: Portal):
    portal.manage("shell", "--no-imports", "-c", MAKE)
    yield
    portal.manage("shell", "--no-imports", "-c", UNMAKE)


def test_an_organisation_says_what_should_be_debated(
    browser: Browser, browser_context_args: dict[str, object], phone: Page, edition: None
) -> None:
    context = browser.new_context(
        **browser_context_args, java_script_enabled=False, viewport={"width": 360, "height": 740}
    )  # fmt: skip
    page, who = context.new_page(), demo_person("organizatie")
    page.goto("/teme/?editia=2062")
    follow(page.get_by_role("link", name="Propuneți o temă"))
    give_password(page, who.email, who.password)
    page.get_by_role("button", name="Puneți tema pe tablă").click()
    expect(page.get_by_role("alert")).to_contain_text("Scrieți tema pe care o propuneți")
    page.get_by_label("Tema", exact=True).fill("Transportul voluntarilor")
    page.get_by_role("button", name="Puneți tema pe tablă").click()
    expect(page.get_by_role("main")).to_contain_text("Tema dumneavoastră este pe tablă")
    follow(page.get_by_role("link", name="Alegeți cele cinci teme"))
    first = page.get_by_label("Locul 1")
    first.select_option(first.locator("option", has_text="Asigurarea voluntarilor").get_attribute("value"))
    second = page.get_by_label("Locul 2")
    second.select_option(second.locator("option", has_text="Transportul").get_attribute("value"))
    page.get_by_role("button", name="Salvați ordinea").click()
    expect(page.get_by_role("main")).to_contain_text("Ordinea organizației dumneavoastră a fost salvată")
    context.close()

    for address, name, words in (
        ("/teme/?editia=2062", "board", "Transportul voluntarilor"),
        ("/videoconferinte/2062/1/", "figures", "32 de prezențe"),
        ("/videoconferinte/2062/1/concluzii/", "conclusions", "Fișa de protecție simplă"),
        ("/concluzii/?editie=2062", "list", "2 concluzii"),
        ("/editii/2062/", "edition", "32 de persoane distincte"),
    ):
        phone.goto(address)
        expect(phone.get_by_role("main")).to_contain_text(words)
        look(phone, name)
