"""Staff look at a mail that failed, send it again and write its words anew; a reader ends a kind of messages."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.axe import violations
from tests.e2e.portal import Portal
from tests.e2e.signing_in import demo_person, give_code, give_password
from tests.e2e.test_staff_journey import UNFOLD
from tests.e2e.watch import Watch

MAKE = """
from django.utils import timezone
from core.messaging.kinds import category_named, kinds
from core.messaging.models import Message
from core.messaging.services import post_message
from core.messaging.stopping import stop_url
kind = next(each for each in kinds() if each.category)
values = {name: f"Valoarea {name}" for name in kind.placeholders}
message = post_message(kind=kind, key="e2e", to="cititoare@example.org", values=values, language="ro")
Message.objects.filter(pk=message.pk).update(
    status="failed", stop_reason="refused", stopped_at=timezone.now(), next_attempt_at=None
)
print(category_named(kind.category).label, message.headers["List-Unsubscribe"], sep="|")
"""


def test_staff_see_a_mail_and_its_words(page: Page, portal: Portal, watch: Watch) -> None:
    label, stop = portal.manage("shell", "--no-imports", "-c", MAKE).strip().splitlines()[-1].split("|")
    page.set_viewport_size({"width": 1280, "height": 900})
    manager = demo_person("manager")
    page.goto("/admin/messaging/message/?status__exact=failed")
    give_password(page, manager.email, manager.password)
    give_code(page)
    page.goto("/admin/messaging/message/?status__exact=failed")
    assert violations(page, known=UNFOLD) == []
    page.locator("#result_list tbody th a").first.click()
    expect(page.frame_locator("iframe.mail-frame").get_by_text("Bună ziua,")).to_be_visible()
    assert violations(page, known=UNFOLD) == []
    page.get_by_role("link", name="Trimiteți din nou").click()
    page.get_by_role("button", name="Trimiteți din nou").click()
    expect(page.locator(".record-state")).to_contain_text("Așteaptă trimiterea")

    page.goto("/admin/messaging/wording/")
    assert violations(page, known=UNFOLD) == []
    row = page.locator(".mail-kinds li", has_text="Link pentru o parolă nouă")
    row.get_by_role("link", name="Română").click()
    page.locator("[name=subject]").fill("Parola dumneavoastră")
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Previzualizare, fără salvare").click()
    preview = opened.value
    expect(
        preview.frame_locator("iframe.mail-frame").get_by_role("link", name="Alegeți o parolă nouă")
    ).to_be_visible()
    preview.close()
    page.locator("[name=body]").fill("Alegeți aici: {adresa}")
    page.locator("[name=_continue]").click()
    expect(page.locator("body")).to_contain_text("„{adresa}” nu este cunoscut")
    expect(page.locator("[name=body]")).to_have_value("Alegeți aici: {adresa}")

    page.goto(re.sub(r"[<>]", "", stop))
    page.set_viewport_size({"width": 360, "height": 740})
    expect(page.locator("h1")).to_have_text("Opriți aceste mesaje?")
    assert violations(page) == []
    page.get_by_role("button", name="Opriți mesajele").click()
    expect(page.locator("h1")).to_have_text("Nu veți mai primi mesaje de acest fel")
    expect(page.get_by_text(label).first).to_be_visible()
    page.goto("/cont/notificari/")
    assert violations(page) == []
