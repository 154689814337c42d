"""A visitor finds an organisation: types in any spelling, filters, takes a filter away, turns pages, comes back."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.watch import Watch


@pytest.fixture
def plain_page(browser: Browser, base_url: str) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False, locale="ro-RO", base_url=base_url)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("spelling", ["brasov fara", "BRAŞOV FĂRĂ", "Bras\u0327ov fără"])
def test_any_spelling_finds_it_while_typing(page: Page, watch: Watch, spelling: str) -> None:
    page.goto("/organizatii/")
    page.get_by_label("Nume, acronim sau CUI").fill(spelling)

    expect(page.locator(".results-count")).to_have_text("1 organizație")
    expect(page.get_by_role("link", name="Asociația Brașov fără hotare")).to_be_visible()
    expect(page.locator("[data-results-status]")).to_have_text("1 organizație")
    expect(page).to_have_url(re.compile(r"\?q="))


def test_filter_chip_pages_and_way_back(page: Page, watch: Watch) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/organizatii/")
    page.get_by_label("Nume, acronim sau CUI").fill("BUCOVINA")
    expect(page).to_have_url(re.compile(r"q=BUCOVINA"))
    page.locator("#regiune-nord-est").check()
    chip = page.get_by_role("list", name="Filtre alese").get_by_role("link", name="Nord-Est")
    expect(chip).to_be_visible()
    expect(page).to_have_url(re.compile(r"regiune=nord-est"))
    expect(page.locator("#regiune-nord-est")).to_be_focused()

    page.locator(".pagination [rel=next]").click()
    expect(page.locator(".pagination-now")).to_contain_text("Pagina 2 din")
    second = page.url
    page.locator(".item-list a, .list-item a").first.click()
    expect(page.locator("h1")).to_contain_text("Bucovina")
    page.go_back()
    expect(page).to_have_url(second)
    expect(page.locator(".pagination-now")).to_contain_text("Pagina 2 din")

    page.get_by_role("list", name="Filtre alese").get_by_role("link", name="Nord-Est").click()
    expect(page).not_to_have_url(re.compile("regiune"))
    expect(page).to_have_url(re.compile("q=BUCOVINA"))
    expect(page.locator("#regiune-nord-est")).not_to_be_checked()
    page.go_back()
    expect(page.locator("#regiune-nord-est")).to_be_checked()


def test_back_after_a_swap_shows_a_whole_page(page: Page, watch: Watch) -> None:
    """What htmx was given as a part is never shown as the page, whether history or the browser's store serves it."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/organizatii/")
    page.locator("#regiune-nord-est").check()
    expect(page).to_have_url(re.compile("regiune=nord-est"))
    page.goto("/contact/")
    page.go_back()

    expect(page.locator("h1")).to_contain_text("Evidența")
    expect(page.locator(".site-footer")).to_be_visible()
    expect(page.get_by_role("list", name="Filtre alese")).to_contain_text("Nord-Est")


def test_the_button_does_it_without_javascript(plain_page: Page) -> None:
    page = plain_page
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/organizatii/")
    page.get_by_label("Nume, acronim sau CUI").fill("bucovina")
    page.locator(".filters-button").click()
    page.locator("#regiune-nord-est").check()
    page.get_by_role("button", name="Arătați rezultatele").click()

    expect(page).to_have_url(re.compile(r"q=bucovina&regiune=nord-est"))
    expect(page.get_by_role("list", name="Filtre alese")).to_contain_text("Nord-Est")
    page.locator(".pagination [rel=next]").click()
    expect(page.locator(".pagination-now")).to_contain_text("Pagina 2 din")
    page.get_by_role("list", name="Filtre alese").get_by_role("link", name="Nord-Est").click()
    expect(page).to_have_url(re.compile(r"\?q=bucovina$"))
