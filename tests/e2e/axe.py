"""Accessibility of a page as axe sees it: the rules of WCAG 2.2 AA and its own best practice."""

from collections.abc import Collection

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = "async o => (await axe.run(o)).violations.map(v => [v.id, v.nodes.map(n => n.target.join(' '))])"


def violations(page: Page, *, known: Collection[str] = (), contrast: bool = True) -> list[str]:
    """A line a violation with its first places; rules in ``known`` are left out. The script is put in once a page.

    ``contrast=False`` leaves out the rule that takes as long as all others together, for pages whose colours were
    looked at already.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options = {
        "runOnly": {"type": "tag", "values": TAGS},
        "rules": {"color-contrast": {"enabled": contrast}},
        "resultTypes": ["violations"],
    }
    return [f"{rule}: {places[:3]}" for rule, places in page.evaluate(_RUN, options) if rule not in known]
