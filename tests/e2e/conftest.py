"""One portal and one Chromium for all journeys; every page is watched for what must not happen."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from scripts import system
from tests.e2e.portal import Portal, running_portal
from tests.e2e.watch import Watch

CHROMIUM = system.chromium()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.e2e)
            # The portal runs in processes of its own, so nothing here is measured.
            item.add_marker(pytest.mark.no_cover)


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    with running_portal(tmp_path_factory.mktemp("portal")) as running:
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


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "ro-RO", "timezone_id": "Europe/Bucharest"}


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
