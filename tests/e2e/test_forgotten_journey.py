"""Somebody sees what is kept about them, takes it away and is forgotten, on a phone; staff write a page's text."""

import re
import zipfile

from playwright.sync_api import Page, expect

from tests.e2e.arriving import follow
from tests.e2e.axe import violations
from tests.e2e.portal import Portal
from tests.e2e.signing_in import demo_person, give_code, give_password
from tests.e2e.watch import Watch

EMAIL, PASSWORD = "de.uitat@exemplu.invalid", "un dud înflorit lângă gară"
MAKE = f"""
from allauth.account.models import EmailAddress
from core.accounts.models import User
from core.accounts.services.consents import give_consent
from organisations.consents import ENROLMENT
from organisations.models import Membership, Organisation
user = User.objects.create_user({EMAIL!r}, {PASSWORD!r}, full_name="Dora Deuitat")
EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
organisation = Organisation.objects.get(slug="proba-poteca")
Membership.objects.create(organisation=organisation, user=user, role="manager")
give_consent(purpose=ENROLMENT.key, user=user, language="ro", about=organisation)
"""
ERASE = """
from datetime import timedelta
from django.utils import timezone
from core.accounts.services.erasure import erase_due
print(erase_due(now=timezone.now() + timedelta(days=15)))
"""


def is_well_made(page: Page) -> None:
    assert violations(page) == []
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_person_is_forgotten(phone: Page, portal: Portal, watch: Watch) -> None:
    portal.manage("shell", "--no-imports", "-c", MAKE)
    phone.goto("/cont/date/")
    give_password(phone, EMAIL, PASSWORD)
    expect(phone.locator("h1")).to_have_text("Datele mele")
    expect(phone.get_by_role("main").get_by_text(EMAIL).first).to_be_visible()
    expect(phone.get_by_text("Fundația Poteca").first).to_be_visible()
    is_well_made(phone)
    with phone.expect_download() as download:
        phone.get_by_role("link", name="Descărcați toate datele mele").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        assert "Dora Deuitat" in archive.read("datele-mele.html").decode()

    phone.get_by_role("link", name="Ștergeți contul meu").click()
    expect(phone.get_by_text("Sunteți singurul administrator al fișei „Fundația Poteca”.")).to_be_visible()
    is_well_made(phone)
    ask = phone.get_by_role("button", name="Ștergeți contul meu")
    phone.get_by_label("Adresa dumneavoastră de e-mail, drept confirmare").fill("alta@exemplu.invalid")
    ask.click()
    expect(phone.get_by_role("alert")).to_contain_text("nu este adresa acestui cont")
    is_well_made(phone)
    phone.get_by_label("Adresa dumneavoastră de e-mail, drept confirmare").fill(EMAIL)
    ask.click()
    expect(phone.get_by_text("Contul dumneavoastră va fi șters")).to_be_visible()
    is_well_made(phone)
    phone.get_by_role("button", name="Păstrați contul meu").click()
    expect(phone.get_by_text("Contul dumneavoastră rămâne.")).to_be_visible()

    phone.goto("/cont/date/stergere/")
    phone.get_by_label("Adresa dumneavoastră de e-mail, drept confirmare").fill(EMAIL)
    follow(ask)
    phone.goto("/cont/")
    expect(phone.get_by_text("Îl puteți încă păstra.")).to_be_visible()
    assert portal.manage("shell", "--no-imports", "-c", ERASE).split() == ["1"]
    phone.goto("/cont/date/")
    give_password(phone, EMAIL, PASSWORD)
    expect(phone.get_by_role("alert")).to_be_visible()


def test_staff_write_the_contact_page(page: Page, portal: Portal, watch: Watch) -> None:
    person = demo_person("administrator")
    page.goto("/admin/pages/pagetext/")
    give_password(page, person.email, person.password)
    give_code(page)
    follow(page.get_by_role("link", name="Contact (Engleză)…"))
    body = page.get_by_label("Textul")
    expect(body).to_have_value(re.compile("^The programme is run by"))
    body.fill("Write to **us**, at any time.")
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Previzualizare, fără salvare").click()
    expect(opened.value.locator("strong", has_text="us")).to_be_visible()
    opened.value.close()
    follow(page.get_by_role("button", name="Salvați", exact=True))
    page.goto("/en/contact/")
    expect(page.get_by_text("at any time.")).to_be_visible()
    page.goto("/admin/pages/pagetext/")
    page.get_by_role("link", name="Contact (Engleză)").click()
    follow(page.get_by_role("button", name="Înapoi la textul portalului"))
    page.goto("/en/contact/")
    expect(page.get_by_text("The programme is run by")).to_be_visible()
