"""The frame and the error pages, through the real middleware."""

import pytest
from django.conf import settings
from django.test import RequestFactory
from django.urls import get_resolver
from django.utils import translation
from django.views import defaults
from lxml import html

from core.messaging.rendering import render_mail
from core.messaging.wording import Words
from core.pages import errors


def page_of(response) -> html.HtmlElement:
    return html.fromstring(response.content.decode())


@pytest.mark.parametrize(("view", "status"), [(errors.server_error, 500), (errors.bad_request, 400)])
def test_bare_error_page_needs_no_context(view, status):
    """A request without session, user or messages, and no database: as when everything else has failed."""
    request = RequestFactory().get("/x/")
    with translation.override("ro"):
        response = view(request) if status == 500 else view(request, Exception())
    assert response.status_code == status
    page = page_of(response)
    assert len(page.xpath("//h1")) == 1
    assert page.xpath("//main//a/@href") == ["/"]
    assert page.get("lang") == "ro"


def test_error_pages_are_ours_not_those_that_ask_the_session():
    resolver = get_resolver()
    assert resolver.resolve_error_handler(500) is errors.server_error
    assert resolver.resolve_error_handler(400) is errors.bad_request


@pytest.mark.django_db
def test_missing_page_offers_search_and_main_pages(client):
    response = client.get("/nu-exista/")
    assert response.status_code == 404
    page = page_of(response)
    assert page.xpath("//main//form/@role") == ["search"]
    assert len(page.xpath("//main//ul/li/a")) == 6
    assert page.xpath("//link[@rel='canonical']") == []


@pytest.mark.django_db
def test_forbidden_page_says_what_to_do(rf, client):
    response = client.get("/contact/")
    request = response.wsgi_request
    page = page_of(defaults.permission_denied(request, Exception()))
    assert len(page.xpath("//main//a[contains(@class, 'button')]")) == 2


@pytest.mark.django_db
def test_frame_has_one_sheet_a_current_item_and_both_languages(client):
    page = page_of(client.get("/contact/"))
    assert len(page.xpath("//link[@rel='stylesheet']")) == 1
    assert page.xpath("//a[@class='skip-link']/@href") == ["#continut"]
    assert page.get_element_by_id("continut").tag == "main"
    assert page.xpath("//link[@rel='alternate'][@hreflang]/@hreflang") == [
        code for code, _ in settings.LANGUAGES
    ]
    switch = page.xpath("//nav[@class='language-switch']//a")
    assert [(link.get("lang"), link.get("aria-current")) for link in switch] == [("ro", "true"), ("en", None)]
    assert switch[1].get("href") == "/en/contact/"
    assert page.xpath("//*[@style]") == []
    assert page.xpath("//script[not(@src)]") == []
    addresses = page.xpath("//script/@src | //link[@rel!='canonical' and not(@hreflang)]/@href | //img/@src")
    assert [address for address in addresses if "//" in address] == []


@pytest.mark.django_db
def test_gallery_shows_every_component(client):
    page = page_of(client.get("/componente/"))
    classes = {name for value in page.xpath("//@class") for name in value.split()}
    missing = [
        name
        for name in (
            "button",
            "badge",
            "chip",
            "notice",
            "item-list",
            "card",
            "stats",
            "definitions",
            "table",
            "empty-state",
            "toc",
            "pagination",
            "tile-map",
            "filter-group",
            "error-summary",
            "field",
            "steps",
            "progress",
            "summary-list",
            "receipt",
            "breadcrumb",
            "search-form",
            "icon",
        )
        if name not in classes
    ]
    assert missing == []
    assert len(page.xpath("//h1")) == 1


@pytest.mark.parametrize("language", ["ro", "en"])
def test_mail_frame_is_one_column_with_its_language(language):
    with translation.override(language):
        drawn = render_mail(words=Words("Subject", "Text."), values={}, language=language)
    page = html.fromstring(drawn.html)
    assert page.get("lang") == language
    assert page.xpath("//table") == []
    assert page.xpath("//a/@href") == ["http://localhost:8000"]
