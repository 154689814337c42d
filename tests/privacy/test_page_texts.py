"""Texts of pages: the portal's own words until staff write theirs, seen before they are kept, given back."""

import pytest
from django.conf import settings
from django.utils.html import strip_tags

from core.accounts.choices import Language, Role
from core.markdown import render_markdown
from core.pages.choices import PageKey
from core.pages.models import PageText
from core.pages.own_words import as_markdown, own_words
from tests.factories.accounts import staff_client

pytestmark = pytest.mark.django_db
ADD = "/admin/pages/pagetext/add/"


def words(html: str) -> list[str]:
    return strip_tags(html.replace("<", " <")).split()


@pytest.mark.parametrize("language", Language.values)
@pytest.mark.parametrize("key", list(PageKey))
def test_own_words_become_markdown_that_says_the_same(key, language):
    markdown = own_words(key, language)

    html = render_markdown(markdown)
    assert len(words(html)) > 10
    assert "**" not in html
    assert "](" not in html
    assert "{" not in html


def test_lists_links_and_signs_survive():
    html = "<h2>A</h2><p>b <strong>c</strong> [x] 2*3<br>\n d</p><ul>\n<li>e</li><li><a href='/f/'>f_g</a></li></ul>"

    markdown = as_markdown(html)
    assert markdown == "## A\n\nb **c** \\[x\\] 2\\*3\\\nd\n\n- e\n- [f\\_g](/f/)"
    assert words(render_markdown(markdown)) == words(html)


def test_staff_write_a_text_see_it_first_and_give_it_back(client):
    staff = staff_client(Role.EDITOR)
    listed = staff.get("/admin/pages/pagetext/").text
    assert f"{ADD}?key=privacy&amp;language=ro" in listed
    form = staff.get(f"{ADD}?key=privacy&language=ro").text
    assert "## Cine răspunde" in form
    body = "# Al nostru\n\nText **nou** <script>alert(1)</script>\n\n[x](javascript:alert(1))"
    fields = {"key": "privacy", "language": "ro", "body": body}

    preview = staff.post("/admin/pages/pagetext/preview/?", fields)
    assert preview.status_code == 200
    assert "<strong>nou</strong>" in preview.text
    assert "<script>alert" not in preview.text
    assert 'href="javascript' not in preview.text
    assert not PageText.objects.exists()
    assert staff.get("/admin/pages/pagetext/preview/").status_code == 302
    assert staff.post("/admin/pages/pagetext/preview/", {"key": "x", "language": "ro"}).status_code == 404
    empty = staff.post("/admin/pages/pagetext/preview/?key=privacy&language=en", {"body": " "})
    assert "Who is responsible" in empty.text

    assert staff.post(ADD, fields).status_code == 302
    text = PageText.objects.get()
    page = client.get("/confidentialitate/").text
    assert "<strong>nou</strong>" in page
    assert "Cine răspunde" not in page
    assert page.count("<h1") == 1
    assert "Who is responsible" in client.get("/en/confidentialitate/").text

    assert client.post(f"/admin/pages/pagetext/{text.pk}/own-words/").status_code == 302
    assert PageText.objects.get().body
    assert staff.post(f"/admin/pages/pagetext/{text.pk}/own-words/").status_code == 302
    assert "Cine răspunde" in client.get("/confidentialitate/").text
    assert [version.body for version in text.history.all()] == ["", text.body]
    assert "## Cine răspunde" in staff.get(f"/admin/pages/pagetext/{text.pk}/change/").text


def test_texts_stand_on_every_page_that_has_one_and_at_once(client):
    addresses = {
        "home": "/",
        "registry": "/organizatii/",
        "accessibility": "/accesibilitate/",
        "contact": "/contact/",
    }
    for key, address in addresses.items():
        before = client.get(address).text
        PageText.objects.create(key=key, language="ro", body="Cuvântul *echipei*.")
        after = client.get(address).text

        assert "<em>echipei</em>" not in before
        assert "<em>echipei</em>" in after, address
        assert "<em>echipei</em>" not in client.get(f"/en{address}").text


def test_auditors_read_texts_and_change_none():
    text = PageText.objects.create(key="contact", language="ro", body="Scrieți-ne.")
    auditor = staff_client(Role.AUDITOR)

    assert "Scrieți-ne." in auditor.get(f"/admin/pages/pagetext/{text.pk}/change/").text
    assert auditor.post(f"/admin/pages/pagetext/{text.pk}/own-words/").status_code == 403
    assert auditor.post("/admin/pages/pagetext/preview/?key=contact&language=ro").status_code == 403
    assert "key=privacy" not in auditor.get("/admin/pages/pagetext/").text
    assert PageText.objects.get().body


def test_the_privacy_notice_says_what_the_settings_do(client):
    page = client.get("/en/confidentialitate/").text

    assert (settings.ERASURE_GRACE_DAYS, settings.INACTIVE_MONTHS) == (14, 24)
    assert settings.INACTIVE_WARNING_DAYS == (30, 7)
    assert settings.UNCONFIRMED_DAYS == 30
    assert "An account whose e-mail address nobody confirms is erased after 30 days." in page
    assert "It goes 14 days after you asked" in page
    assert (
        "After two years without a sign-in it is erased; we tell you by mail 30 days and 7 days before"
        in page
    )
