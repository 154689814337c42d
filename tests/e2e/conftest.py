"""One portal and one Chromium for all journeys; every page is watched for what must not happen."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from scripts import system
from tests.e2e.portal import Portal, running_portal
from tests.e2e.watch import Watch

CHROMIUM = system.chromium()


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "reads_only: walks as a visitor whose browser others use after them")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this run that all its workers see."""
    run = tmp_path_factory.getbasetemp()
    return run.parent if "PYTEST_XDIST_WORKER" in os.environ else run


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Iterator[Portal]:
    with running_portal(tmp_path_factory.mktemp("portal"), shared) as running:
        yield running


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {
        "executable_path": CHROMIUM,
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
        ],
    }


@pytest.fixture(scope="session")
def base_url(portal: Portal) -> str:
    return portal.url


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "ro-RO", "timezone_id": "Europe/Bucharest"}


@pytest.fixture(scope="session")
def visitor(browser: Browser, browser_context_args: dict[str, Any], base_url: str) -> Iterator[Page]:
    """The one page of all tests that are marked `reads_only`: a new window each would cost them half their time."""
    context = browser.new_context(**browser_context_args)
    yield context.new_page()
    context.close()


@pytest.fixture
def context(request: pytest.FixtureRequest, portal: Portal) -> BrowserContext:
    """A new visitor's; where tests only read, the former visitor's with every trace removed."""
    if not request.node.get_closest_marker("reads_only"):
        return request.getfixturevalue("new_context")()
    page: Page = request.getfixturevalue("visitor")
    # Away from the former page, which may still ask for something, yet in the same process of the browser.
    page.goto(f"{portal.url}/healthz")
    page.evaluate("sessionStorage.clear(); localStorage.clear()")
    page.context.clear_cookies()
    page.emulate_media(media="null", color_scheme="null", reduced_motion="null", forced_colors="null")
    page.set_viewport_size({"width": 1280, "height": 720})
    return page.context


@pytest.fixture
def page(request: pytest.FixtureRequest, context: BrowserContext) -> Page:
    return context.pages[0] if request.node.get_closest_marker("reads_only") else context.new_page()


@pytest.fixture
def watch(context: BrowserContext, base_url: str) -> Iterator[Watch]:
    """Fails the test when a page logs an error, breaks the policy, or asks a third party."""
    watching = Watch(context, base_url)
    yield watching
    watching.close()


@pytest.fixture(autouse=True)
def _no_long_waits(request: pytest.FixtureRequest) -> None:
    """What has not come in 10 seconds will not come."""
    if "context" in request.fixturenames:
        request.getfixturevalue("context").set_default_timeout(10_000)


@pytest.fixture
def phone(page: Page) -> Page:
    page.set_viewport_size({"width": 360, "height": 740})
    return page
