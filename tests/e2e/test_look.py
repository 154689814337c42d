"""The frame in a browser: the menu without scripts, the ring of the focus, the gallery in both themes."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.axe import violations
from tests.e2e.samples import ONE_WORD
from tests.e2e.watch import Watch

pytestmark = pytest.mark.reads_only


def test_phone_menu_opens_without_javascript(
    browser: Browser, base_url: str, browser_context_args: dict[str, Any]
) -> None:
    context = browser.new_context(
        **browser_context_args, java_script_enabled=False, viewport={"width": 320, "height": 640}
    )
    page = context.new_page()
    page.goto(f"{base_url}/structuri/")
    link = page.get_by_role("navigation", name="Meniul principal").get_by_role("link", name="Structuri")
    expect(link).to_be_hidden()
    page.locator(".menu-button").click()
    expect(link).to_be_visible()
    expect(link).to_have_attribute("aria-current", "page")
    context.close()


def test_desk_menu_needs_no_button(page: Page, watch: Watch) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/structuri/")
    expect(page.locator(".menu-button")).to_be_hidden()
    expect(page.get_by_role("navigation", name="Meniul principal").get_by_role("link")).to_have_count(7)


def test_first_tab_is_the_way_to_the_content_and_shows_its_ring(page: Page, watch: Watch) -> None:
    page.goto("/contact/")
    page.keyboard.press("Tab")
    skip = page.locator(".skip-link")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    expect(skip).to_have_css("outline-style", "solid")
    expect(skip).to_have_css("outline-color", "rgb(245, 183, 0)")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_gallery_is_accessible_and_never_wider_than_the_screen(
    page: Page, watch: Watch, theme: Any, width: int
) -> None:
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/componente/")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_filters_change_the_list_and_keep_the_focus(page: Page, watch: Watch) -> None:
    page.goto("/organizatii/")
    search = page.locator("#id_q")
    search.fill("zzzz")
    page.wait_for_url("**/organizatii/?*q=zzzz*")
    expect(search).to_be_focused()
    expect(search).to_have_value("zzzz")


@pytest.mark.parametrize(
    "address", ["/organizatii/proba-tl-0/", f"/organizatii/?q={ONE_WORD}", f"/cautare/?q={ONE_WORD[:14]}"]
)
def test_a_name_of_one_endless_word_is_broken_on_a_phone(phone: Page, watch: Watch, address: str) -> None:
    phone.goto(address)
    expect(phone.get_by_role("main")).to_contain_text(ONE_WORD[:100])
    assert phone.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
