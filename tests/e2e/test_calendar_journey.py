"""Edition, its calendar as page, PDF and feed; the list of videoconferences, its month, one videoconference."""

import re

import icalendar
import pytest
from playwright.sync_api import APIResponse, Page, expect

from tests.e2e.watch import Watch

pytestmark = pytest.mark.reads_only


def followed(page: Page, link: str) -> APIResponse:
    """The answer behind a link of the page, as a calendar program or a viewer of documents gets it."""
    address = page.get_by_role("main").get_by_role("link", name=link).first.get_attribute("href")
    assert address
    # The first PDF of a portal also reads its fonts.
    return page.request.get(address.replace("webcal://", "http://"), timeout=30_000)


def test_from_the_edition_to_its_calendar(page: Page, watch: Watch) -> None:
    page.goto("/")
    page.get_by_role("navigation", name="Meniul principal").get_by_role("link", name="Ediții").click()
    page.get_by_role("main").get_by_role("link", name=re.compile("ediția a II-a", re.I)).first.click()
    page.get_by_role("link", name="Vedeți calendarul").click()
    expect(page).to_have_url(re.compile("/editii/2021/calendar/$"))
    expect(page.locator("h1")).to_have_count(1)

    document = followed(page, "Calendarul în PDF")
    assert document.headers["content-type"] == "application/pdf"
    assert document.body().startswith(b"%PDF-")

    feed = followed(page, "Abonați-vă din calendarul dumneavoastră")
    calendar = icalendar.Calendar.from_ical(feed.text())
    assert feed.headers["content-type"].startswith("text/calendar")
    assert sum("ideoconferința" in str(event["summary"]) for event in calendar.walk("VEVENT")) == 13


def test_from_the_list_by_the_month_to_a_videoconference(page: Page, watch: Watch) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/videoconferinte/")
    expect(page.locator(".results-count")).to_have_text("13 videoconferințe")
    page.get_by_role("link", name="Vedeți pe luni").click()
    expect(page).to_have_url(re.compile("vedere=luna"))
    page.get_by_role("navigation", name="Luni").locator("[rel=prev]").click()
    page.locator(".results a[href*='/videoconferinte/2021/']").first.click()

    expect(page.locator("h1")).to_contain_text("Videoconferința regională nr.")
    expect(page.get_by_role("main")).to_contain_text(
        re.compile("(luni|marți|miercuri|joi|vineri), [0-9]+ [a-z]+ 2021")
    )
