"""An editor plans a videoconference, publishes it, and moves it: the mail is shown before anything leaves."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.arriving import follow
from tests.e2e.axe import violations
from tests.e2e.portal import Portal
from tests.e2e.signing_in import demo_person, give_code, give_password
from tests.e2e.watch import Watch

PLAN = "/videoconferinte/planificare/"
REGISTERED = """
from meetings.models import Meeting
from tests.factories.meetings import RegistrationFactory
for _each in range(3): RegistrationFactory(meeting=Meeting.objects.get(title="Videoconferința nr. 41"))
"""


def test_a_videoconference_is_planned_published_and_moved(page: Page, watch: Watch, portal: Portal) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(PLAN)
    editor = demo_person("editor")
    give_password(page, editor.email, editor.password)
    give_code(page)
    page.goto(f"{PLAN}?editie=2021")
    expect(page.locator("main")).to_contain_text("Sud-Muntenia")
    assert violations(page) == []

    page.get_by_role("link", name="Planificați o videoconferință").click()
    page.get_by_label("Număr", exact=False).fill("41")
    page.get_by_label("Data").fill("2099-03-29")
    page.get_by_label("Începe la ora").fill("03:30")
    page.get_by_label("Sud-Muntenia").check()
    page.get_by_role("button", name="Faceți ciorna").click()
    expect(page.get_by_role("alert")).to_contain_text("această oră nu există")
    expect(page.get_by_label("Începe la ora")).to_have_value("03:30")
    page.get_by_label("Începe la ora").fill("04:30")
    page.get_by_role("button", name="Faceți ciorna").click()
    expect(page).to_have_url(re.compile("/videoconferinte/2021/41/echipa/"))
    expect(page.locator("main")).to_contain_text("Este sâmbătă sau duminică.")
    assert violations(page) == []

    page.get_by_role("link", name=re.compile("Modificați.*: Agenda")).click()
    page.locator("[name=title_0]").fill("Deschidere")
    page.locator("[name=speaker_0]").fill("Ana Pop")
    assert violations(page) == []
    page.get_by_role("button", name="Salvați").click()
    expect(page.locator("main")).to_contain_text("Deschidere · Ana Pop")

    page.get_by_role("link", name="Publicați").click()
    page.get_by_role("button", name="Publicați").click()
    expect(page.locator(".notices, main").first).to_contain_text("Întâlnirea este publicată.")

    portal.manage("shell", "--no-imports", "-c", REGISTERED)
    follow(page.get_by_role("link", name=re.compile("Modificați.*: Când și unde")))
    page.set_viewport_size({"width": 360, "height": 740})
    page.get_by_label("Începe la ora").fill("10:00")
    page.get_by_role("button", name="Salvați").click()
    expect(page.locator("h1")).to_have_text("Vedeți mesajul înainte să plece")
    expect(page.locator("main")).to_contain_text("3 persoane")
    assert violations(page) == []
    page.get_by_role("button", name="Salvați și trimiteți mesajul").click()
    expect(page.locator("main")).to_contain_text("ora 10.00")
    page.get_by_role("link", name="Cine s-a înscris").click()
    expect(page.locator("[data-results-count]")).to_have_text("3 persoane")
    assert violations(page) == []
