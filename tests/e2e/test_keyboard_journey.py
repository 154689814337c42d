"""The portal by keyboard alone: the way past the menu, the menu of a phone, filters, pages; focus always seen."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.watch import Watch

pytestmark = pytest.mark.reads_only

# Where the focus is, whether a ring is drawn there (or on the label of a hidden box), and whether it is on the screen.
FOCUS = """() => {
  const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect();
  return {
    name: element.tagName + ' ' + (element.id || element.textContent.trim().slice(0, 40)),
    ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""


def walk(page: Page, steps: int) -> list[str]:
    """Presses Tab and holds that the focus is visible at each stop; the names of the stops."""
    names = []
    for _step in range(steps):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus["name"].startswith("BODY"):
            break
        assert focus["ring"], focus
        assert focus["seen"], focus
        names.append(focus["name"])
    return names


def test_focus_is_seen_all_the_way_through_the_registry(page: Page, watch: Watch) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(reduced_motion="reduce")
    page.goto("/organizatii/?judet=SV")
    names = walk(page, 200)

    assert "conținut" in names[0]
    assert any("id_q" in name for name in names)
    assert any("English" in name for name in names)
    assert len(names) == len(
        page.locator("a:visible, button:visible, input:visible, summary:visible, [tabindex='0']").all()
    )


def test_skip_link_leads_past_the_menu(page: Page, watch: Watch) -> None:
    page.goto("/organizatii/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_menu_of_a_phone_opens_and_closes(phone: Page, watch: Watch) -> None:
    phone.goto("/")
    button = phone.locator(".menu-button")
    for _press in range(6):
        phone.keyboard.press("Tab")
        if button.evaluate("element => element === document.activeElement"):
            break
    expect(button).to_be_focused()
    phone.keyboard.press("Enter")
    phone.keyboard.press("Tab")
    expect(phone.get_by_role("navigation", name="Meniul principal").get_by_role("link").first).to_be_focused()
    phone.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(phone.get_by_role("navigation", name="Meniul principal")).to_be_hidden()


def test_filters_keep_the_focus_through_each_change(page: Page, watch: Watch) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/organizatii/")
    page.locator("#id_q").focus()
    page.keyboard.type("bucovina")
    expect(page).to_have_url(re.compile("q=bucovina"))
    expect(page.locator("#id_q")).to_be_focused()

    page.locator("#regiune-nord-est").focus()
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("regiune=nord-est"))
    expect(page.locator("#regiune-nord-est")).to_be_focused()
    page.keyboard.press("Space")
    expect(page).not_to_have_url(re.compile("regiune"))
    expect(page.locator("#regiune-nord-est")).to_be_focused()

    onward = page.locator(".pagination [rel=next]")
    onward.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".pagination-now")).to_contain_text("Pagina 2 din")
