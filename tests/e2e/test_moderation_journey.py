"""A moderator works through the queue: accepts, returns and refuses, each time seeing the message before it leaves."""

import os
import re

from playwright.sync_api import Browser, Page, expect

from tests.e2e.arriving import follow
from tests.e2e.axe import violations
from tests.e2e.portal import Portal
from tests.e2e.requests_waiting import NAME, WHY
from tests.e2e.signing_in import demo_person, give_code, give_password
from tests.e2e.test_staff_journey import UNFOLD
from tests.e2e.watch import Watch

REMARK = "Scrieți și numărul împuternicirii."
REASON = "Nu reiese că reprezentați fundația."


def look(page: Page, name: str) -> None:
    """A picture for whoever looks at the pages by eye."""
    if folder := os.environ.get("PORTAL_PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def press(page: Page, name: str) -> None:
    """By the keyboard alone."""
    button = page.get_by_role("button", name=name, exact=True)
    button.focus()
    page.keyboard.press("Enter")


def confirm(page: Page) -> None:
    """The main button of a shown message; the browser gives it the focus unless a key was pressed before."""
    expect(page.locator(".mail")).to_be_visible()
    page.locator(".step-buttons button").first.focus()
    page.keyboard.press("Enter")


def test_moderator_decides_one_request_after_another(
    page: Page, portal: Portal, watch: Watch, browser: Browser
) -> None:
    portal.manage("shell", "--no-imports", "-c", "from tests.e2e.requests_waiting import load; load()")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/admin/")
    editor = demo_person("editor")
    give_password(page, editor.email, editor.password)
    give_code(page)
    look(page, "start")
    follow(page.get_by_role("link", name="3 cereri așteaptă o decizie"))
    look(page, "queue")
    page.get_by_role("link", name=NAME).click()
    expect(page.get_by_role("heading", name="Posibile dubluri")).to_be_visible()
    expect(page.locator(".request-aside")).to_contain_text("nume asemănător: Fundația Șoapta Codrului 1")
    look(page, "enrolment")
    assert violations(page, known=UNFOLD) == []

    # An acceptance tells nothing that is typed, so its message is there at once.
    page.get_by_role("link", name="Acceptați…", exact=True).first.click()
    expect(page.locator(".mail")).to_contain_text("ana@codru.exemplu.invalid")
    expect(page.locator(".mail")).to_contain_text(f"{NAME} este înscrisă în evidență")
    look(page, "mail")
    assert violations(page, known=UNFOLD) == []
    confirm(page)

    expect(page.locator(".request-main")).to_contain_text(WHY)
    look(page, "claim")
    page.get_by_role("link", name="Trimiteți înapoi pentru modificări…").first.click()
    page.locator("[name=reason]").fill("Mai lipsește ceva.")
    page.locator("[name=remark_claim]").fill(REMARK)
    look(page, "return")
    press(page, "Vedeți mesajul")
    expect(page.locator(".mail")).to_contain_text(REMARK)
    press(page, "Schimbați textul")
    expect(page.locator("[name=remark_claim]")).to_have_value(REMARK)
    press(page, "Vedeți mesajul")
    confirm(page)

    expect(page.locator(".request-main")).to_contain_text("≠ diferit")
    expect(page.locator(".request-main del")).to_have_text(WHY)
    look(page, "versions")
    assert violations(page, known=UNFOLD) == []
    page.get_by_role("link", name="Nu acceptați…").first.click()
    page.locator("[name=reason]").fill(REASON)
    press(page, "Vedeți mesajul")
    expect(page.locator(".mail")).to_contain_text(REASON)
    confirm(page)
    expect(page.locator(".request")).to_contain_text("Neacceptată")
    expect(page.locator(".request")).to_contain_text(REASON)
    look(page, "decided")
    page.get_by_role("link", name="Toate cererile").first.click()
    expect(page.locator("body")).to_contain_text("Nu așteaptă nicio cerere.")

    page.goto("/admin/organisations/recordreport/?status__exact=new")
    follow(page.locator("#result_list tbody tr", has_text="Șoapta Codrului").locator("th a"))
    look(page, "report")
    page.get_by_role("link", name="Marcați ca rezolvată").click()
    page.locator("[name=reason]").fill("Am verificat în Registrul Național.")
    press(page, "Marcați ca rezolvată")
    expect(page.locator(".record-state")).to_contain_text("Rezolvată")

    visitor = browser.new_context(base_url=portal.url, locale="ro-RO").new_page()
    visitor.set_viewport_size({"width": 360, "height": 740})
    visitor.goto("/organizatii/?q=soapta+codrului")
    visitor.get_by_role("link", name=re.compile(NAME)).first.click()
    expect(visitor.locator("h1")).to_have_text(NAME)
    visitor.get_by_role("link", name="Sesizați o problemă").click()
    expect(visitor.locator("h1")).to_have_text("Sesizați o problemă")
    look(visitor, "report-form")
    assert violations(visitor) == []
    visitor.context.close()
