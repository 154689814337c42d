"""The own area: its menu, what waits, and that every app may add to both."""

import re

import pytest
from django.test import Client

from core.accounts import area
from core.accounts.area import Waiting, menu_entry, menu_of, waiting_for_me
from tests.factories.accounts import UserFactory, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def registers(monkeypatch):
    """The registers as they are, and as they are again after the test."""
    monkeypatch.setattr(area, "_entries", dict(area._entries))
    monkeypatch.setattr(area, "_listers", list(area._listers))


def test_what_waits_is_listed_with_its_page(registers):
    client = sign_in(Client(), UserFactory(full_name="Ana Pop"))
    calm = client.get("/cont/")
    assert "Bine ați venit, Ana Pop." in calm.text
    assert "Acum nu vă așteaptă nimic." in calm.text

    waiting_for_me(lambda user: [Waiting(f"O <b>invitație</b> pentru {user}", "/cont/profil/")])

    page = client.get("/cont/").text
    assert '<a href="/cont/profil/">O &lt;b&gt;invitație&lt;/b&gt; pentru Ana Pop</a>' in page
    assert "Acum nu vă așteaptă nimic." not in page


def test_the_menu_shows_to_each_their_own_and_marks_one_line(registers):
    user = UserFactory()
    menu_entry("Înaintea tuturor", "account_set_password", order=-1, visible=lambda person: person == user)
    client, other = sign_in(Client(), user), sign_in(Client(), UserFactory())

    page = client.get("/cont/securitate/sesiuni/").text
    menu = page[page.index('class="own-menu-list"') :]
    assert menu.index("Înaintea tuturor") < menu.index("Privire de ansamblu")
    assert "Înaintea tuturor" not in other.get("/cont/").text
    assert re.findall(r'href="([^"]+)" aria-current="(\w+)"', menu) == [("/cont/securitate/", "true")]
    marks = {link.href: link.current for link in menu_of(user, "/cont/")}
    assert marks["/cont/"] == "page"
    assert [mark for mark in marks.values() if mark] == ["page"]


def test_two_lines_for_one_address_are_a_mistake(registers):
    with pytest.raises(ValueError, match="my_account"):
        menu_entry("Încă o dată", "my_account", order=5)


def test_the_menu_is_there_without_scripts_and_signs_out(client):
    page = sign_in(client, UserFactory()).get("/cont/profil/").text
    assert '<details class="own-menu"' in page
    assert 'action="/cont/iesire/"' in page
