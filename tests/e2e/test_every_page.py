"""Every public page: accessible by axe, no sideways scroll, light enough, silent, the same without JavaScript."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.e2e.pages import ENGLISH, PAGES
from tests.e2e.watch import Watch

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 900}}


def violations(page: Page) -> list[str]:
    """A line a violation, with the places."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response["violations"]
    return [f"{each['id']}: {[node['target'] for node in each['nodes']][:3]}" for each in found]


def assert_page_is_sound(page: Page) -> None:
    assert violations(page) == []
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("address", PAGES)
def test_page_on_a_phone_in_the_light(phone: Page, watch: Watch, address: str) -> None:
    phone.goto(address)

    assert_page_is_sound(phone)
    assert watch.weight() < 100_000
    if not address.startswith("/cont"):
        assert phone.context.cookies() == []


@pytest.mark.parametrize("address", PAGES)
def test_page_on_a_desk_in_the_dark_without_javascript(
    browser: Browser, base_url: str, browser_context_args: dict[str, Any], address: str
) -> None:
    # axe itself is a script: the page is loaded without JavaScript, its markup then checked in another page.
    bare = browser.new_context(**browser_context_args, java_script_enabled=False, color_scheme="dark")
    page = bare.new_page()
    page.set_viewport_size(SIZES["desk"])
    page.goto(base_url + address)
    heading, links = page.locator("h1").inner_text(), page.locator("main a").count()
    bare.close()

    full = browser.new_context(**browser_context_args, color_scheme="dark")
    page = full.new_page()
    page.set_viewport_size(SIZES["desk"])
    page.goto(base_url + address)
    assert_page_is_sound(page)
    assert (page.locator("h1").inner_text(), page.locator("main a").count()) == (heading, links)
    full.close()


@pytest.mark.parametrize("address", ENGLISH)
def test_page_in_english_is_english(page: Page, watch: Watch, address: str) -> None:
    page.goto(address)

    assert page.locator("html").get_attribute("lang") == "en"
    assert violations(page) == []
    assert page.locator("h1").count() == 1
