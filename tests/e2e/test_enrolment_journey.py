"""An NGO in Iași with no account gets to a lodged request without scripts; another one by the comforts of scripts."""

import os
import re
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.e2e.arriving import follow
from tests.e2e.axe import violations
from tests.e2e.portal import Portal
from tests.e2e.public_forms import open_for_a_while
from tests.e2e.signing_in import demo_person, give_password
from tests.e2e.watch import Watch

EMAIL = "ong@iasi.exemplu.invalid"
PASSWORD = "un salcâm lângă Copou"
CODE_OF = (
    "from core.messaging.models import Message; import re; "
    f"text = Message.objects.filter(to='{EMAIL}').latest('pk').text; "
    "print(re.search(r'\\b[A-Z0-9]{4}-[A-Z0-9]{4}\\b', text)[0])"
)
NEXT = "Salvați și continuați"


def look(page: Page, name: str) -> None:
    """A picture for whoever looks at the pages by eye."""
    if folder := os.environ.get("PORTAL_PICTURES"):
        page.set_viewport_size({"width": 1280, "height": 900})
        page.screenshot(path=f"{folder}/{name}-1280.png", full_page=True)
        page.set_viewport_size({"width": 360, "height": 740})
        page.screenshot(path=f"{folder}/{name}-360.png", full_page=True)


def go_on(page: Page) -> None:
    follow(page.get_by_role("button", name=NEXT))


def test_from_no_account_to_a_lodged_request_without_scripts(
    browser: Browser, browser_context_args: dict[str, Any], portal: Portal
) -> None:
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    page.goto("/organizatii/")
    page.get_by_role("link", name="Înscrieți-vă organizația").click()
    page.get_by_role("link", name="Începeți înscrierea").click()
    page.get_by_label("Nume").first.fill("Ioana Pop")
    page.get_by_label("Adresa de e-mail").fill(EMAIL)
    page.get_by_label("Parola").fill(PASSWORD)
    open_for_a_while(page, "SignupForm")
    page.get_by_role("button", name="Creați contul").click()
    page.get_by_label("Cod").fill(portal.manage("shell", "--no-imports", "-c", CODE_OF).split()[-1])
    page.get_by_role("button", name="Confirmați adresa").click()
    expect(page).to_have_url(f"{portal.url}/organizatii/inscriere/")
    page.get_by_role("button", name="Începeți înscrierea").click()

    page.get_by_label("Denumirea legală").fill("Asociația Salcâmii din Copou")
    page.get_by_label("Forma juridică").select_option("Asociație")
    go_on(page)
    page.get_by_label("CUI").fill("RO 1234")
    go_on(page)
    expect(page.get_by_role("alert")).to_contain_text("CUI-ul nu este corect")
    expect(page.get_by_label("CUI")).to_have_value("RO 1234")

    # The session ends while the person types: what was typed is there after the sign-in, and so is the draft.
    page.get_by_label("Instanța").fill("Judecătoria Iași")
    context.clear_cookies()
    go_on(page)
    give_password(page, EMAIL, PASSWORD)
    expect(page.get_by_role("main")).to_contain_text("Ce ați scris este aici")
    expect(page.get_by_label("Instanța")).to_have_value("Judecătoria Iași")
    page.get_by_role("button", name="Salvați și ieșiți deocamdată").click()
    page.get_by_role("link", name="Asociația Salcâmii din Copou", exact=True).click()
    page.get_by_role("link", name=re.compile("^CUI: CUI-ul nu este corect")).click()
    page.get_by_label("CUI").fill("RO 4120 0316")
    page.get_by_role("button", name="Salvați și reveniți la verificare").click()

    page.get_by_role("link", name=re.compile("^Județ: ")).click()
    page.get_by_label("Județ").select_option("Iași")
    page.get_by_label("Municipiul, orașul").fill("valea lupu")
    go_on_to_check = page.get_by_role("button", name="Salvați și reveniți la verificare")
    go_on_to_check.click()
    page.get_by_role("link", name=re.compile("^Nivelul de activitate: ")).click()
    page.get_by_label("Local", exact=True).check()
    go_on_to_check.click()
    page.get_by_role("link", name=re.compile("^Domenii: ")).click()
    page.get_by_label("Protecția mediului", exact=True).check()
    go_on_to_check.click()
    page.get_by_role("link", name=re.compile("^Adresa de e-mail a organizației: ")).click()
    page.get_by_label("Adresa de e-mail a organizației").fill("contact@salcamii.exemplu.invalid")
    go_on_to_check.click()
    page.get_by_role("link", name=re.compile("^Sunt de acord: ")).click()
    page.get_by_label("Sunt de acord").check()
    go_on_to_check.click()
    expect(page.get_by_role("main")).to_contain_text("comuna Valea Lupului, județul Iași")
    page.get_by_role("button", name="Depuneți cererea").click()
    expect(page.locator(".receipt")).to_contain_text("Cererea a fost depusă")
    expect(page.locator(".receipt-reference strong")).to_have_text(re.compile(r"\d{4}/\d{5}"))
    context.close()


def test_every_step_with_scripts(page: Page, watch: Watch) -> None:
    page.goto("/organizatii/inscriere/")
    look(page, "start-visitor")
    follow(page.get_by_role("link", name="Am cont: autentificare"))
    person = demo_person("persoana")
    give_password(page, person.email, person.password)
    follow(page.get_by_role("button", name="Începeți înscrierea"))

    def done(name: str) -> None:
        look(page, name)
        assert violations(page) == [], name
        go_on(page)

    page.get_by_label("Denumirea legală").fill("Asociația Națională a Teilor")
    # Saved by itself after a pause.
    expect(page.locator("[data-autosave-status]")).to_contain_text("Ciorna a fost salvată la")
    go_on(page)
    expect(page.get_by_role("alert")).to_contain_text("Forma juridică")
    page.get_by_label("Forma juridică").select_option("Asociație")
    done("identity")
    page.get_by_label("CUI").fill("29501182")
    done("registration")
    page.get_by_label("Județ").select_option("Iași")
    page.get_by_label("Municipiul, orașul").press_sequentially("iasi")
    page.get_by_role("button", name="municipiul Iași").click()
    expect(page.get_by_label("Municipiul, orașul")).to_have_value("Iași")
    done("seat")
    page.get_by_label("Regional", exact=True).check()
    page.get_by_label("Vaslui").check()
    done("activity")
    page.get_by_label("Protecția mediului", exact=True).check()
    page.get_by_label("În câteva cuvinte").fill("Plantăm tei.")
    done("domains")
    page.get_by_label("Comunitatea locală în ansamblu").check()
    done("beneficiaries")
    page.get_by_label("Adresa de e-mail a organizației").fill("tei@exemplu.invalid")
    page.get_by_label("Telefon", exact=False).first.fill("0232 123 456")
    done("contacts")
    page.get_by_label("Nume").fill("Ana Tei")
    done("coordinator")
    done("logo")
    page.get_by_label("femei").nth(1).fill("mulți")
    go_on(page)
    expect(page.get_by_role("alert")).to_contain_text("18–30 de ani, femei: Scrieți un număr întreg")
    page.get_by_label("femei").nth(1).fill("12")
    done("figures")
    page.get_by_label("Sunt de acord").check()
    done("consent")
    look(page, "check")
    assert violations(page) == []
    page.get_by_role("button", name="Depuneți cererea").click()
    expect(page.locator(".receipt")).to_contain_text("Cererea a fost depusă")
    look(page, "receipt")
    assert violations(page) == []
    follow(page.get_by_role("link", name="Toate cererile dumneavoastră"))
    look(page, "start-own")
    assert violations(page) == []
    page.goto("/organizatii/pro-vobis/")
    follow(page.get_by_role("link", name="Revendicați pagina"))
    look(page, "claim")
    assert violations(page) == []
