"""The second person of an organisation that exists: invited, signs up, edits the profile, changes the identity."""

import os

from playwright.sync_api import Browser, Page, expect

from tests.e2e.arriving import follow
from tests.e2e.axe import violations
from tests.e2e.portal import Portal
from tests.e2e.public_forms import open_for_a_while
from tests.e2e.signing_in import demo_person, give_password
from tests.e2e.watch import Watch

EMAIL = "al.doilea@exemplu.invalid"
PASSWORD = "un castan lângă Cișmigiu"
NEWEST = (
    "from core.messaging.models import Message; import re; "
    f"text = Message.objects.filter(to='{EMAIL}').latest('pk').text; "
)
LINK_OF = NEWEST + "print(re.search(r'/invitatie/\\S+', text)[0])"
CODE_OF = NEWEST + "print(re.search(r'\\b[A-Z0-9]{4}-[A-Z0-9]{4}\\b', text)[0])"
ASKED = (
    "from datetime import timedelta; from django.utils import timezone; "
    "from organisations.models import Organisation; "
    "from organisations.services.reconfirmation import open_reconfirmation; "
    "record = Organisation.objects.get(slug='asociatia-de-proba-exemplu'); "
    "record.reconfirmations.all().delete(); "
    "open_reconfirmation(organisation=record, due_on=timezone.localdate() + timedelta(days=9))"
)


def shell(portal: Portal, code: str) -> str:
    return portal.manage("shell", "--no-imports", "-c", code).strip()


def look(page: Page, name: str) -> None:
    """No fault of accessibility, nothing wider than a phone; a picture for whoever looks by eye."""
    assert violations(page) == [], name
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), name
    if folder := os.environ.get("PORTAL_PICTURES"):
        page.screenshot(path=f"{folder}/own-{name}-360.png", full_page=True)
        page.set_viewport_size({"width": 1280, "height": 900})
        page.screenshot(path=f"{folder}/own-{name}-1280.png", full_page=True)
        page.emulate_media(color_scheme="dark")
        page.screenshot(path=f"{folder}/own-{name}-dark.png", full_page=True)
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 360, "height": 740})


def tab(page: Page, name: str) -> None:
    follow(page.locator(".own-tabs").get_by_role("link", name=name, exact=True))


def test_a_second_person_comes_in_and_the_record_stays_true(
    browser: Browser, browser_context_args: dict[str, object], phone: Page, portal: Portal, watch: Watch
) -> None:
    shell(portal, ASKED)
    manager, who = phone, demo_person("organizatie")
    manager.goto("/cont/organizatie/")
    give_password(manager, who.email, who.password)
    look(manager, "overview")
    tab(manager, "Oameni")
    manager.get_by_role("link", name="Invitați o persoană").click()
    manager.get_by_role("button", name="Trimiteți invitația").click()
    expect(manager.get_by_role("alert")).to_contain_text("Scrieți adresa de e-mail")
    look(manager, "invite")
    manager.get_by_label("Adresa de e-mail a persoanei").fill(EMAIL)
    manager.get_by_role("button", name="Trimiteți invitația").click()
    expect(manager.get_by_role("status")).to_contain_text(EMAIL)

    # Without scripts, on the same phone: the link, an account, and the invitation again.
    context = browser.new_context(
        **browser_context_args, java_script_enabled=False, viewport={"width": 360, "height": 740}
    )  # fmt: skip
    second = context.new_page()
    second.goto(shell(portal, LINK_OF))
    second.get_by_role("link", name="Creați un cont").click()
    second.get_by_label("Nume").first.fill("Ana Nouă")
    second.get_by_label("Adresa de e-mail").fill(EMAIL)
    second.get_by_label("Parola").fill(PASSWORD)
    open_for_a_while(second, "SignupForm")
    second.get_by_role("button", name="Creați contul").click()
    second.get_by_label("Cod").fill(shell(portal, CODE_OF).split()[-1])
    second.get_by_role("button", name="Confirmați adresa").click()
    second.get_by_role("button", name="Acceptați invitația").click()
    expect(second.locator("h1")).to_have_text("Cum stă organizația dumneavoastră")
    expect(second.locator(".own-tabs")).not_to_contain_text("Identitate")

    tab(second, "Profil")
    second.locator("a[href$='/profil/domenii/']").first.click()
    second.get_by_label("Protecția mediului", exact=True).check()
    second.get_by_label("În câteva cuvinte").fill("Plantăm sălcii.")
    second.get_by_role("button", name="Salvați", exact=True).click()
    expect(second.get_by_role("main")).to_contain_text("Plantăm sălcii.")
    tab(second, "Cifre")
    second.locator(".own-years a").first.click()
    second.get_by_label("femei").first.fill("12")
    second.get_by_role("button", name="Verificați sumele").click()
    expect(second.locator(".own-figures-total").first).to_contain_text("12")
    second.get_by_role("button", name="Salvați cifrele").click()
    expect(second.get_by_role("main")).to_contain_text("nu se știe")

    tab(manager, "Oameni")
    look(manager, "people")
    follow(manager.get_by_role("link", name="Ana Nouă"))
    look(manager, "person")
    manager.get_by_label("Responsabil", exact=True).check()
    follow(manager.get_by_role("button", name="Schimbați rolul"))

    tab(second, "Privire de ansamblu")
    tab(second, "Identitate")
    second.get_by_label("Denumirea legală").fill("Asociația de Probă Reînnoită (exemplu)")
    second.get_by_label("Forma juridică").select_option("Grup informal")
    second.get_by_label("Județ").select_option("Brașov")
    second.get_by_label("Municipiul, orașul").fill("brasov")
    second.get_by_role("button", name="Trimiteți modificarea echipei evidenței").click()
    expect(second.get_by_role("main")).to_contain_text("O modificare așteaptă decizia")
    context.close()

    tab(manager, "Identitate")
    look(manager, "identity")
    expect(manager.get_by_role("main")).to_contain_text("Asociația de Probă Reînnoită")
    follow(manager.get_by_role("button", name="Retrageți modificarea"))
    look(manager, "identity-form")
    tab(manager, "Profil")
    look(manager, "profile")
    tab(manager, "Cifre")
    look(manager, "figures")
    manager.locator("table a").first.click()
    # The server adds up what is typed, and nothing is saved by it.
    manager.get_by_label("bărbați").first.fill("8")
    expect(manager.locator("[data-sum]").first).to_have_text("20")
    look(manager, "figures-year")
    tab(manager, "Privire de ansamblu")
    follow(manager.get_by_role("link", name="confirmați că datele sunt adevărate"))
    look(manager, "confirm")
    manager.get_by_role("button", name="Confirmăm că datele sunt adevărate").click()
    expect(manager.get_by_role("status")).to_contain_text("datele sunt confirmate pentru un an")
    tab(manager, "Istoric")
    expect(manager.get_by_role("main")).to_contain_text("Ana Nouă")
    look(manager, "history")
