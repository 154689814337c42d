"""Accessibility of a page as axe sees it: the rules of WCAG 2.2 AA and its own best practice."""

import json
from collections.abc import Collection

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_OPTIONS = json.dumps({"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]})
_RUN = f"axe.run({_OPTIONS}).then(found => found.violations.map(v => [v.id, v.nodes.map(n => n.target.join(' '))]))"


def violations(page: Page, *, known: Collection[str] = ()) -> list[str]:
    """A line a violation with its first places; rules in ``known`` are left out. The script is put in once a page."""
    page.wait_for_load_state()
    # Asked in one go: between two, another page may have come, which has no script.
    found = page.evaluate(f"'axe' in window ? {_RUN} : null")
    if found is None:
        found = page.evaluate(f"{AXE_SCRIPT};\n{_RUN}")
    return [f"{rule}: {places[:3]}" for rule, places in found if rule not in known]
