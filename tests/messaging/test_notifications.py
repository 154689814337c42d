"""What a person does not want is not sent; the link in the mail says so without signing in, and only by POST."""

import re

import pytest
from django.test import Client

from core.messaging.models import Message, NotificationPreference
from tests.factories.accounts import UserFactory, sign_in
from tests.messaging.conftest import letter

pytestmark = pytest.mark.django_db
VALUES = {"title": "Ediția 2021", "link": "http://localhost:8000/editii/2021/"}


def stop_address(message: Message) -> str:
    return re.fullmatch(r"<http://localhost:8000(/\S+)>", message.headers["List-Unsubscribe"])[1]


@pytest.mark.parametrize("has_account", [True, False])
def test_the_link_asks_and_one_press_ends_the_messages(news, has_account):
    user = UserFactory() if has_account else None
    to = user.email if user else "Cineva@Example.org"
    first = letter("1", to=to, kind=news, values=VALUES, user=user)
    address = stop_address(first)
    assert address in first.text
    assert address in first.html

    browser = Client(enforce_csrf_checks=True)
    asked = browser.get(address)
    assert "Opriți aceste mesaje?" in asked.text
    assert not NotificationPreference.objects.exists()
    # As a mail program sends it (RFC 8058): no cookie, no token of a form.
    done = Client(enforce_csrf_checks=True).post(address, {"List-Unsubscribe": "One-Click"})
    assert done.status_code == 200
    assert "Nu veți mai primi" in done.text

    first.refresh_from_db()
    assert (first.status, first.stop_reason) == ("cancelled", "not_wanted")
    second = letter("2", to=to.lower(), kind=news, values=VALUES, user=user)
    assert (second.status, second.next_attempt_at) == ("cancelled", None)
    assert letter("3", to=to, user=user).status == "queued"
    browser.post(address, {"wanted": "1"})
    assert letter("4", to=to, kind=news, values=VALUES, user=user).status == "queued"


def test_a_changed_link_ends_nothing(client, news):
    address = stop_address(letter("1", kind=news, values=VALUES))
    assert client.post(f"{address[:-3]}xx/").status_code == 404
    assert not NotificationPreference.objects.exists()


def test_mails_that_always_come_have_no_such_link():
    assert letter("1").headers == {}


def test_my_page_keeps_what_i_choose(client, news):
    user = UserFactory()
    sign_in(client, user)
    page = client.get("/cont/notificari/")
    assert re.search(r'name="news"[^>]*checked', page.text)
    assert 'href="/cont/notificari/" aria-current="page"' in page.text

    client.post("/cont/notificari/", {})

    assert not re.search(r'name="news"[^>]*checked', client.get("/cont/notificari/").text)
    assert letter("1", to=user.email, kind=news, values=VALUES, user=user).status == "cancelled"
    client.post("/cont/notificari/", {"news": "on"})
    assert letter("2", to=user.email, kind=news, values=VALUES, user=user).status == "queued"
