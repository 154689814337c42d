"""A new person makes an account, comes back to where they were, and signs in by a passkey of the browser's own."""

import re

import psycopg
from playwright.sync_api import Page, expect

from tests.e2e.arriving import follow
from tests.e2e.axe import violations
from tests.e2e.portal import Portal
from tests.e2e.public_forms import open_for_a_while
from tests.e2e.watch import Watch

ADDRESS, PASSWORD = "noua.persoana@exemplu.invalid", "un dud înflorit lângă gară"
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


def code_sent(portal: Portal) -> str:
    """The code in the newest mail to the person; nobody delivers here, so the outbox still holds it."""
    with psycopg.connect(portal.environment["DATABASE_URL"]) as database:
        row = database.execute(
            'SELECT text FROM messaging_message WHERE "to" = %s ORDER BY id DESC LIMIT 1', [ADDRESS]
        ).fetchone()
    assert row
    found = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", row[0])
    assert found
    return found[0]


def put_key_into_browser(page: Page) -> None:
    """A device that keeps passkeys and checks its owner, as a telephone does."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def looks_right(page: Page, title: str) -> None:
    expect(page.locator("h1")).to_have_text(title)
    assert violations(page) == [], title
    assert page.evaluate(FITS), title


def test_from_no_account_to_a_passkey(phone: Page, portal: Portal, watch: Watch) -> None:
    put_key_into_browser(phone)
    phone.goto("/cont/securitate/sesiuni/")
    looks_right(phone, "Autentificare")
    follow(phone.get_by_role("main").get_by_role("link", name="Creați un cont"))
    looks_right(phone, "Creați un cont")
    phone.get_by_label("Numele complet").fill("Persoana Nouă")
    phone.get_by_label("Adresa de e-mail").fill(ADDRESS)
    phone.get_by_label("Parola").fill("123")
    open_for_a_while(phone, "SignupForm")
    phone.get_by_role("button", name="Creați contul").click()
    expect(phone.get_by_role("alert")).to_be_visible()
    expect(phone.get_by_label("Numele complet")).to_have_value("Persoana Nouă")
    phone.get_by_label("Parola").fill(PASSWORD)
    follow(phone.get_by_role("button", name="Creați contul"))

    looks_right(phone, "Confirmați adresa de e-mail")
    phone.get_by_label("Cod").fill(code_sent(portal))
    follow(phone.get_by_role("button", name="Confirmați adresa"))
    looks_right(phone, "Unde sunteți autentificat")
    expect(phone.get_by_role("main").get_by_text("Chrome pe Linux")).to_be_visible()

    phone.locator("summary", has_text="Contul meu: meniu").click()
    follow(phone.get_by_role("navigation", name="Contul meu").get_by_role("link", name="Siguranța contului"))
    looks_right(phone, "Siguranța contului")
    follow(phone.get_by_role("link", name="Adăugați o cheie de acces"))
    looks_right(phone, "Adăugați o cheie de acces")
    phone.get_by_label("Numele cheii de acces").fill("Telefonul meu")
    follow(phone.get_by_role("button", name="Adăugați cheia de acces"))
    looks_right(phone, "Coduri de recuperare")
    phone.goto("/cont/securitate/")
    expect(phone.get_by_role("heading", name="Telefonul meu")).to_be_visible()
    looks_right(phone, "Siguranța contului")

    phone.goto("/cont/iesire/")
    follow(phone.get_by_role("main").get_by_role("button", name="Ieșiți din cont").first)
    phone.goto("/cont/profil/")
    looks_right(phone, "Autentificare")
    follow(phone.get_by_role("button", name="Autentificați-vă cu o cheie de acces"))
    looks_right(phone, "Nume, adresă de e-mail, limbă")

    # The password alone no longer opens the account: the passkey is its second step.
    phone.goto("/cont/iesire/")
    follow(phone.get_by_role("main").get_by_role("button", name="Ieșiți din cont").first)
    phone.goto("/cont/autentificare/")
    phone.get_by_label("Adresa de e-mail").fill(ADDRESS)
    phone.get_by_label("Parola").fill(PASSWORD)
    follow(phone.get_by_role("main").get_by_role("button", name="Autentificare", exact=True))
    looks_right(phone, "Al doilea pas al autentificării")
    follow(phone.get_by_role("button", name="Folosiți cheia de acces"))
    looks_right(phone, "Contul meu")
