"""Staff keep the registry: a file comes in by a real worker, two records become one, printed names are joined."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.arriving import follow
from tests.e2e.axe import violations
from tests.e2e.portal import Portal
from tests.e2e.signing_in import demo_person, give_code, give_password
from tests.e2e.test_staff_journey import UNFOLD
from tests.e2e.watch import Watch

FILE = "Denumirea legală;Județ;Culoare\n" + "".join(
    f"Asociația Adusă {number};Brașov;roșu\n" for number in range(60)
)


@pytest.fixture(scope="module")
def worker(portal: Portal, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A worker of the portal's own; its broker is the tests' own."""
    worker = portal.loaded.start(
        ["-m", "celery", "-A", "promotori", "worker", "--queues", "long", "--pool", "solo"],
        tmp_path_factory.mktemp("worker") / "log",
    )
    yield
    portal.loaded.stop(worker)


def test_registry_is_kept(page: Page, watch: Watch, portal: Portal, worker: None, tmp_path: Path) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/admin/")
    manager = demo_person("manager")
    give_password(page, manager.email, manager.password)
    give_code(page)
    expect(page.get_by_role("heading", name="De făcut")).to_be_visible()

    path = tmp_path / "organizatii.csv"
    path.write_text(f"{FILE}Rea;Atlantida;\n", encoding="utf-8-sig")
    page.goto("/admin/organisations/registryimport/add/")
    assert violations(page, known=UNFOLD) == []
    page.get_by_label("Fișier").set_input_files(path)
    page.get_by_role("button", name="Citiți fișierul").click()
    expect(page).to_have_url(re.compile("/cont/lucrari/"))
    page.get_by_role("link", name="Vedeți ce s-ar schimba").click(timeout=30_000)
    expect(page.get_by_text("Culoare")).to_be_visible()
    assert violations(page, known=UNFOLD) == []
    page.get_by_role("link", name="Refuzat (1)").click()
    expect(page.get_by_text("Nu există un județ cu numele „Atlantida”.")).to_be_visible()
    page.get_by_role("button", name="Aduceți rândurile în evidență").click()
    expect(page).to_have_url(re.compile("/cont/lucrari/"))
    expect(page.get_by_text("Fișierul este în evidență.")).to_be_visible(timeout=30_000)
    assert violations(page) == []

    page.goto("/admin/organisations/organisation/?q=adusa+1")
    for box in page.locator("input.action-select").all()[:2]:
        box.check()
    page.locator("select[name=action]").select_option("merge_chosen")
    page.locator("button[name=index]").click()
    expect(page.get_by_role("button", name="Contopiți cele două fișe")).to_be_visible()
    assert violations(page, known=UNFOLD) == []
    page.locator("[name=reason]").fill("Aceeași asociație, de două ori în fișier.")
    page.get_by_role("button", name="Contopiți cele două fișe").click()
    expect(page.get_by_text("este acum parte din această fișă")).to_be_visible()

    portal.manage(
        "shell",
        "--no-imports",
        "-c",
        "from organisations.models import FoundName;"
        "FoundName.objects.create(name='ASOCIATIA ADUSA 7', source='Un document');"
        "FoundName.objects.create(name='Invitați', source='Un document')",
    )
    page.goto("/admin/organisations/foundname/")
    follow(page.get_by_role("link", name="Deschideți masa de lucru"))
    assert violations(page, known=UNFOLD) == []
    first = page.locator("fieldset.found-name").first
    first.get_by_role("radio").last.focus()
    for _ in range(10):
        if first.get_by_role("radio", name=re.compile("Asociația Adusă 7 ")).is_checked():
            break
        page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.get_by_text("A fost hotărât 1 nume.")).to_be_visible()
    expect(page.locator("fieldset.found-name")).to_have_count(1)
