"""Somebody reports a barrier, without scripts: an error keeps what was typed, a receipt ends it, staff see it."""

from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.e2e.signing_in import demo_person, give_code, give_password

MESSAGE = "Nu pot citi harta cu <b>cititorul</b> de ecran."


def test_a_barrier_is_reported_and_read(
    browser: Browser, browser_context_args: dict[str, Any], page: Page
) -> None:
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    plain = context.new_page()
    plain.goto("/accesibilitate/")
    plain.get_by_label("Pagina despre care este vorba").fill("/organizatii/harta/")
    plain.get_by_label("Mesajul dumneavoastră").fill(MESSAGE)
    plain.get_by_label("Adresa dumneavoastră de e-mail").fill("fără arond")
    send = plain.get_by_role("button", name="Trimiteți mesajul")
    plain.wait_for_timeout(3200)
    send.click()

    expect(plain.get_by_role("alert")).to_contain_text("adresă de e-mail întreagă")
    expect(plain.get_by_label("Mesajul dumneavoastră")).to_have_value(MESSAGE)
    expect(plain.get_by_label("Pagina despre care este vorba")).to_have_value("/organizatii/harta/")
    plain.get_by_label("Adresa dumneavoastră de e-mail").fill("")
    send.click()
    expect(plain.locator("h1")).to_have_text("Am primit mesajul dumneavoastră")
    number = plain.locator(".receipt-reference strong").inner_text()
    assert context.cookies() == []
    context.close()

    page.goto("/admin/pages/feedback/")
    person = demo_person("editor")
    give_password(page, person.email, person.password)
    give_code(page)
    expect(page.locator("#result_list")).to_contain_text(number)
    page.get_by_role("link", name=number).click()
    expect(page.get_by_text(MESSAGE)).to_be_visible()
