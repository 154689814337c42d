"""Every public page: accessible by axe, no sideways scroll, light enough, silent, the same without JavaScript."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, Page

from promotori.public_addresses import PUBLIC_ADDRESSES
from tests.e2e.axe import violations
from tests.e2e.pages import NO_PAGES, PAGES, WITH_SESSION
from tests.e2e.watch import Watch

FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
PHONE = {"width": 360, "height": 740}
SMALLEST = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def plain_page(browser: Browser, base_url: str) -> Iterator[Page]:
    """One page without scripts for all addresses; nobody leaves a trace in it."""
    context = browser.new_context(
        java_script_enabled=False, locale="ro-RO", base_url=base_url, viewport=PHONE
    )
    yield context.new_page()
    context.close()


def visible_parts(page: Page) -> tuple[str, int, int]:
    """What must be there with and without scripts: the heading, links and fields of the content."""
    main = page.locator("main")
    return page.locator("h1").inner_text(), main.locator("a").count(), main.locator("input").count()


@pytest.fixture
def _nothing_kept(page: Page) -> Iterator[None]:
    """Each page is weighed whole, as by a first visitor: the browser's store is not asked."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
    yield
    devtools.detach()


@pytest.mark.reads_only
@pytest.mark.usefixtures("_nothing_kept")
@pytest.mark.parametrize("language", ["ro", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_page(page: Page, plain_page: Page, watch: Watch, address: str, language: str) -> None:
    address = address if language == "ro" else f"/en{address}"
    found: dict[str, Any] = {}
    # English pages have the same elements: axe looks at their words once, in the pair that Romanian ones leave out.
    on_phone, on_desk = ("light", "dark") if language == "ro" else ("dark", "")
    page.emulate_media(color_scheme=on_phone, reduced_motion="reduce")
    page.set_viewport_size(PHONE)
    page.goto(address)

    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").count() == 1
    assert watch.weight() < 100_000
    if not address.removeprefix("/en").startswith(WITH_SESSION):
        assert page.context.cookies() == []
    found[f"on a phone in the {on_phone}"] = violations(page)
    found["fits 360 px"] = page.evaluate(FITS)
    page.set_viewport_size(SMALLEST)
    found["fits 320 px"] = page.evaluate(FITS)
    page.set_viewport_size(DESK)
    if on_desk:
        page.emulate_media(color_scheme=on_desk, reduced_motion="reduce")
        found[f"on a desk in the {on_desk}"] = violations(page)
    found["fits 1280 px"] = page.evaluate(FITS)
    assert {name: fault for name, fault in found.items() if fault not in ([], True)} == {}

    if language == "ro":
        plain_page.goto(address)
        assert visible_parts(plain_page) == visible_parts(page)


def view_name(address: str) -> str | None:
    try:
        return resolve(address.partition("?")[0]).view_name
    except Resolver404:
        return None


def test_every_public_address_is_walked_through() -> None:
    walked = {view_name(address) for address in PAGES}

    assert PUBLIC_ADDRESSES - walked - NO_PAGES.keys() == set()
    assert NO_PAGES.keys() - PUBLIC_ADDRESSES == set()
    assert NO_PAGES.keys() & walked == set()
