"""Sign-in by a person of the demo, the pages of the account, and the admin under its own content policy."""

import pytest
from playwright.sync_api import Page, expect

from promotori.demo import DemoPerson, demo_people
from tests.e2e.axe import violations
from tests.e2e.portal import Portal
from tests.e2e.public_forms import open_for_a_while
from tests.e2e.signing_in import give_code, give_password
from tests.e2e.watch import Watch

ADMIN_PAGES = (
    "/admin/",
    "/admin/organisations/organisation/",
    "/admin/organisations/organisation/add/",
    "/admin/programmes/edition/",
    "/admin/videoconferences/videoconference/",
    "/admin/pages/feedback/",
    "/admin/accounts/user/",
    "/admin/accounts/user/add/",
)


def person(word: str) -> DemoPerson:
    return next(each for each in demo_people() if each.email.startswith(f"{word}@"))


def sign_in(page: Page, portal: Portal, who: DemoPerson) -> None:
    page.goto("/cont/autentificare/")
    give_password(page, who.email, who.password)
    if who.has_second_factor:
        give_code(page, lambda: portal.manage("demo_code").split()[0])


def test_admin_works_under_its_policy(page: Page, portal: Portal, watch: Watch) -> None:
    sign_in(page, portal, person("administrator"))
    expect(page).to_have_url(f"{portal.url}/admin/")

    for address in ADMIN_PAGES:
        answer = page.goto(address)
        assert answer, address
        assert answer.status == 200, address
        page.wait_for_load_state("networkidle")
        assert not [error for error in watch.errors if "Content Security Policy" in error], (
            address,
            watch.errors,
        )


@pytest.mark.parametrize("word", ["persoana", "organizatie", "structura"])
def test_account_pages_are_accessible(phone: Page, portal: Portal, watch: Watch, word: str) -> None:
    who = person(word)
    sign_in(phone, portal, who)
    expect(phone.locator("h1")).to_have_text("Contul meu")
    expect(phone.get_by_text(f"Bine ați venit, {who.full_name}.")).to_be_visible()

    # What a representative sees of the members of their own structure.
    own = phone.get_by_role("main").locator("a[href*='/acoperire/']")
    addresses = [str(link.get_attribute("href")) for link in own.all()]
    assert bool(addresses) is (word == "structura")
    addresses += [
        "/cont/",
        "/cont/profil/",
        "/cont/adresa/",
        "/cont/parola/",
        "/cont/securitate/",
        "/cont/securitate/aplicatie/",
        "/cont/securitate/chei/noua/",
        "/cont/securitate/sesiuni/",
        "/cont/identitate/",
        "/cont/iesire/",
    ]
    for address in addresses:
        phone.goto(address)
        assert violations(phone) == [], address
        assert phone.locator("h1").count() == 1
        assert phone.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_message_is_sent_without_javascript(page: Page, portal: Portal) -> None:
    context = page.context.browser.new_context(java_script_enabled=False, locale="ro-RO", base_url=portal.url)
    bare = context.new_page()
    bare.goto("/accesibilitate/")
    bare.get_by_label("Mesajul dumneavoastră").fill("Nu pot citi harta.")
    open_for_a_while(bare, "FeedbackForm")
    bare.get_by_role("button", name="Trimiteți mesajul").click()

    expect(bare.locator("h1")).to_have_text("Am primit mesajul dumneavoastră")
    expect(bare.get_by_text("M-2")).to_be_visible()
    context.close()
