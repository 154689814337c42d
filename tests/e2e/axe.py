"""Accessibility of a page as axe sees it: the rules of WCAG 2.2 AA and its own best practice."""

import json
from collections.abc import Collection

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_OPTIONS = json.dumps({"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]})
_RUN = f"async () => (await axe.run({_OPTIONS})).violations.map(v => [v.id, v.nodes.map(n => n.target.join(' '))])"


def violations(page: Page, *, known: Collection[str] = ()) -> list[str]:
    """A line a violation with its first places; rules in ``known`` are left out. The script is put in once a page."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return [f"{rule}: {places[:3]}" for rule, places in page.evaluate(_RUN) if rule not in known]
