"""Staff sign in with a second factor, see what waits, change an organisation; others stay outside the admin."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.arriving import follow
from tests.e2e.axe import violations
from tests.e2e.samples import NEWCOMER, NEWCOMER_PASSWORD
from tests.e2e.signing_in import code_of, demo_person, give_code, give_password
from tests.e2e.watch import Watch

ORGANISATION = "/admin/organisations/organisation/?q=poteca"
# Faults of unfold's own pages, which the portal's templates do not touch; anything else fails.
UNFOLD = {
    "landmark-one-main": "its frame has no main element",
    "region": "its header and side bar are no landmarks",
    "landmark-unique": "its scroller names two regions alike",
    "list": "its tools are a list with other children",
    "target-size": "its sort arrows and search icon are under 24 px",
}


def test_manager_changes_an_organisation(page: Page, watch: Watch) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/admin/")
    manager = demo_person("manager")
    give_password(page, manager.email, manager.password)
    expect(page.get_by_label("Cod")).to_be_visible()
    page.goto("/admin/")
    expect(page).not_to_have_url(re.compile("/admin/$"))
    page.go_back()
    give_code(page)
    expect(page).to_have_url(re.compile("/admin/$"))
    expect(page.locator("html")).to_have_attribute("lang", "ro")
    expect(page.get_by_role("heading", name="De făcut")).to_be_visible()
    assert violations(page, known=UNFOLD) == []

    page.goto(ORGANISATION)
    assert violations(page, known=UNFOLD) == []
    follow(page.locator("#result_list tbody th a"))
    page.wait_for_load_state("networkidle")
    assert violations(page, known=UNFOLD) == []
    page.locator(".field-seat .select2-selection").click()
    page.locator(".select2-dropdown").get_by_role("searchbox", name="Sediu: localitatea").fill("fagaras")
    page.locator(".select2-results__option", has_text=re.compile("Făgăraș.*Brașov")).first.click()
    page.locator("[name=_continue]").click()
    expect(page.locator("#id_seat")).to_contain_text("Făgăraș")
    expect(page.locator("#id_county")).to_contain_text("Brașov")

    page.get_by_role("link", name="Suspendați").click()
    page.locator("[name=reason]").fill("Nu mai răspunde de doi ani.")
    page.get_by_role("button", name="Suspendați").click()
    expect(page.locator(".record-state")).to_contain_text("Suspendată")
    page.goto(page.url.partition("change/")[0] + "history/")
    expect(page.locator("body")).to_contain_text("Nu mai răspunde de doi ani.")
    expect(page.locator("body")).to_contain_text(manager.full_name)
    assert violations(page, known=UNFOLD) == []

    page.goto("/cont/iesire/")
    expect(page.locator("h1")).to_be_visible()
    follow(page.get_by_role("main").get_by_role("button"))
    page.goto("/admin/")
    expect(page).to_have_url(re.compile("/cont/autentificare/"))


def test_colleague_without_second_factor_is_sent_to_set_it_up(phone: Page, watch: Watch) -> None:
    phone.goto("/admin/")
    give_password(phone, NEWCOMER, NEWCOMER_PASSWORD)
    expect(phone).to_have_url(re.compile("/cont/securitate/aplicatie/"))
    for address in ("/admin/", "/organizatii/", "/cont/"):
        phone.goto(address)
        expect(phone).to_have_url(re.compile("/cont/securitate/aplicatie/"))
    assert violations(phone) == []

    secret = re.search(r"\b[A-Z2-7]{26,40}\b", phone.get_by_role("main").inner_html())
    assert secret, "the key is shown for those who cannot scan a picture"
    phone.get_by_label("Cod").fill(code_of(secret[0]))
    phone.get_by_role("main").get_by_role("button").first.click()
    expect(phone).not_to_have_url(re.compile("/aplicatie/$"))
    phone.goto("/admin/")
    expect(phone).to_have_url(re.compile("/admin/$"))


@pytest.mark.parametrize("word", ["membru"])
def test_people_of_organisations_stay_outside(page: Page, word: str) -> None:
    person = demo_person(word)
    page.goto("/cont/autentificare/")
    give_password(page, person.email, person.password)
    expect(page.locator("h1")).to_have_text("Contul meu")
    for address in ("/admin/", ORGANISATION, "/admin/accounts/user/", "/admin/autocomplete/"):
        answer = page.goto(address)
        assert answer
        assert answer.status in (403, 404), address
        expect(page.locator("h1")).to_be_visible()
