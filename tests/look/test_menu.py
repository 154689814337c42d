"""The main menu, whose links are kept once drawn, is that of the page, the language and the person who asks."""

import re

import pytest
from django.test import RequestFactory
from django.utils.safestring import SafeString

from core.components.navigation import nav_link
from tests.factories.accounts import UserFactory, sign_in

LINK = re.compile(r'<li><a href="([^"]+)"( aria-current="page")?>([^<]+)</a></li>')


def menu(client, address):
    """The words of the menu on this page, and the address that it marks as the page itself."""
    header = client.get(address).text.partition('<ul class="menu-list">')[2].partition("</ul>")[0]
    links = LINK.findall(header)
    return [words for _href, _here, words in links], [href for href, here, _words in links if here]


@pytest.mark.django_db
def test_the_menu_follows_language_section_and_person(client):
    visitor = {address: menu(client, address) for address in ("/", "/organizatii/", "/en/organizatii/", "/")}
    person = sign_in(client, UserFactory())

    assert visitor["/"][1] == ["/"]
    assert visitor["/organizatii/"][1] == ["/organizatii/"]
    assert visitor["/en/organizatii/"][1] == ["/en/organizatii/"]
    assert (visitor["/organizatii/"][0][0], visitor["/en/organizatii/"][0][0]) == ("Acasă", "Home")
    assert visitor["/en/organizatii/"][0][-1] == "Sign in"
    assert menu(person, "/en/organizatii/")[0][-1] == "Account"


def test_equal_words_stay_safe_or_escaped():
    context = {"request": RequestFactory().get("/")}

    assert "<b>" in nav_link(context, SafeString("<b>"), view="home")
    assert "<b>" not in nav_link(context, "<b>", view="home")
    assert "<b>" in nav_link(context, SafeString("<b>"), view="home")
