"""Going from page to page as a person does: what is looked at next is the page that came."""

from playwright.sync_api import Locator


def follow(link: Locator) -> None:
    """Press what leads to another page, or to the same anew, and return once that has come whole.

    A click alone may return while the former page still stands: what is then asked without waiting (an address, axe, a
    picture) is asked of that page, or while it goes. A leave for the next address may even take back what was sent.

    Raises:
        TimeoutError: nothing came within the context's time.
    """
    with link.page.expect_navigation():
        link.click()
