"""The page cache: what its key is made of, that nothing old is shown, and whose pages are never kept."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.test import RequestFactory
from django.utils import translation

from core import pagecache
from core.pagecache import kept, page_key, public_page
from tests.factories.accounts import UserFactory
from tests.factories.organisations import OrganisationFactory
from tests.organisations.registry import names


@pytest.fixture(autouse=True)
def _pages_are_kept(settings):
    settings.PAGE_CACHE_SECONDS = 300


class Counted:
    """A view that says how often it was asked."""

    def __init__(self, answer=lambda number: HttpResponse(f"answer {number}")):
        self.calls = 0
        self.answer = answer

    def __call__(self, request, *args, **kwargs):
        self.calls += 1
        return self.answer(self.calls)


def _ask(view, path="/pagina/", cookies=None, headers=None, method="get"):
    request = getattr(RequestFactory(), method)(path, headers=headers)
    request.COOKIES.update(cookies or {})
    return view(request)


@pytest.mark.django_db
def test_second_question_is_answered_from_the_cache():
    inner = Counted()
    view = public_page(parameters=("judet",))(inner)
    assert _ask(view, "/pagina/?judet=BV").content == _ask(view, "/pagina/?judet=BV").content
    assert inner.calls == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/pagina/?altul=1",
        "/pagina/?judet=" + "a" * 65,
        "/pagina/?judet=%00",
        "/pagina/?judet=a b",
        "/pagina/?" + "judet=a&" * 25,
    ],
)
def test_parameters_that_the_view_does_not_know_are_not_kept(path):
    inner = Counted()
    view = public_page(parameters=("judet",))(inner)
    _ask(view, path)
    _ask(view, path)
    assert inner.calls == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    "answer",
    [
        lambda number: HttpResponse(status=404),
        lambda number: HttpResponseRedirect("/alta/"),
        lambda number: HttpResponse(status=500),
        lambda number: _with_cookie(),
        lambda number: _not_to_be_kept(),
        lambda number: HttpResponse("x" * (pagecache.MAX_KEPT_BYTES + 1)),
    ],
)
def test_only_plain_answers_are_kept(answer):
    inner = Counted(answer)
    view = public_page(inner)
    _ask(view)
    _ask(view)
    assert inner.calls == 2


def _with_cookie():
    response = HttpResponse("mine")
    response.set_cookie("a", "b")
    return response


def _not_to_be_kept():
    response = HttpResponse("once")
    response.keep = False
    return response


@pytest.mark.django_db
def test_errors_raised_are_not_kept():
    def inner(request):
        raise Http404

    view = public_page(inner)
    with pytest.raises(Http404):
        _ask(view)
    with pytest.raises(Http404):
        _ask(view)


@pytest.mark.django_db
def test_whoever_has_a_session_gets_a_page_of_their_own(settings):
    inner = Counted()
    view = public_page(inner)
    _ask(view)
    assert _ask(view, cookies={settings.SESSION_COOKIE_NAME: "any"}).content == b"answer 2"
    assert _ask(view).content == b"answer 1"


@pytest.mark.django_db
def test_page_for_reading_takes_nothing():
    inner = Counted()
    answer = _ask(public_page(inner), method="post")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert inner.calls == 0


def test_every_input_changes_the_key(settings, monkeypatch):
    settings.ALLOWED_HOSTS = ["*"]

    def key(path="/a/", version="1", pairs=(), headers=None, host="testserver"):
        return page_key(RequestFactory().get(path, headers=headers, SERVER_NAME=host), version, list(pairs))

    keys = {
        key(),
        key("/b/"),
        key(version="2"),
        key(pairs=[("q", "a")]),
        key(pairs=[("q", "b")]),
        key(pairs=[("r", "a")]),
        key(headers={"HX-Request": "true"}),
        key(headers={"HX-Boosted": "true"}),
        key(host="other"),
        key(headers={"HX-Request": "true", "HX-History-Restore-Request": "true"}),
    }
    with translation.override("en"):
        keys.add(key())
    settings.RELEASE = "next"
    keys.add(key())
    settings.RELEASE = "test"
    monkeypatch.setattr("core.pagecache.timezone.localdate", lambda: __import__("datetime").date(2031, 1, 1))
    keys.add(key())
    assert len(keys) == 13


@pytest.mark.django_db
def test_same_page_again_is_not_sent_again():
    view = public_page(Counted())
    first = _ask(view)
    again = _ask(view, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert not again.content
    assert _ask(view, headers={"If-None-Match": 'W/"other"'}).status_code == 200


@pytest.mark.django_db
def test_browsers_ask_again_and_nobody_between_keeps():
    view = public_page(Counted())
    for response in (_ask(view), _ask(view)):
        assert {"private", "no-cache"} == set(response["Cache-Control"].replace(" ", "").split(","))
        assert "Cookie" in response["Vary"]


@pytest.mark.django_db
def test_typed_pages_have_a_limit(monkeypatch):
    monkeypatch.setattr(pagecache, "TYPED_PER_MINUTE", 2)
    inner = Counted()
    view = public_page(parameters=("q",), typed=("q",))(inner)
    for word in ("a", "b", "c"):
        _ask(view, f"/?q={word}")
    _ask(view, "/?q=a")
    assert inner.calls == 3
    _ask(view, "/?q=c")
    assert inner.calls == 4


@pytest.mark.django_db
def test_parts_are_kept_by_version_and_name_and_not_without_a_version():
    cache.clear()
    built = []

    def build():
        built.append(1)
        return len(built)

    assert [kept("1", "a", build), kept("1", "a", build), kept("2", "a", build), kept("1", "b", build)] == [
        1,
        1,
        2,
        3,
    ]
    assert [kept("", "a", build), kept("", "a", build)] == [4, 5]


def test_a_costly_part_is_made_once_for_all_who_ask_together():
    made = []

    def count_slowly():
        made.append(1)
        time.sleep(0.3)
        return "numărat"

    with ThreadPoolExecutor(6) as readers:
        answers = list(readers.map(lambda _number: kept("3", "costly", count_slowly), range(6)))

    assert answers == ["numărat"] * 6
    assert made == [1]


def test_a_part_whose_maker_failed_is_made_by_the_next():
    with pytest.raises(ZeroDivisionError):
        kept("3", "broken", lambda: 1 // 0)

    assert kept("3", "broken", lambda: "făcut") == "făcut"


@pytest.mark.django_db(transaction=True)
def test_page_is_never_older_than_a_commit(client):
    organisation = OrganisationFactory(legal_name="Înainte")
    assert names(client) == ["Înainte"]
    assert names(client) == ["Înainte"]
    organisation.legal_name = "După"
    organisation.save()
    assert names(client) == ["După"]
    organisation.delete()
    assert names(client) == []


@pytest.mark.django_db(transaction=True)
def test_languages_and_parts_have_pages_of_their_own(client):
    OrganisationFactory(legal_name="Asociația")
    for _time in range(2):
        assert 'lang="ro"' in client.get("/organizatii/").content.decode()
        assert 'lang="en"' in client.get("/en/organizatii/").content.decode()
        assert "<html" not in client.get("/organizatii/", headers={"HX-Request": "true"}).content.decode()


@pytest.mark.django_db(transaction=True)
def test_words_in_another_order_or_case_show_the_page_of_their_own_question(client):
    OrganisationFactory(legal_name="Asociația", in_county="BV")
    OrganisationFactory(legal_name="Fundația", in_county="CJ")
    assert names(client, "/organizatii/?q=asociația&judet=BV") == ["Asociația"]
    assert names(client, "/organizatii/?judet=BV&q=asociația&pagina=1") == ["Asociația"]
    assert names(client, "/organizatii/?judet=CJ") == ["Fundația"]
    assert names(client, "/organizatii/?judet=BV&judet=CJ") == names(
        client, "/organizatii/?judet=CJ&judet=BV"
    )
    assert names(client, "/organizatii/?pagina=2") == names(client, "/organizatii/")


@pytest.mark.django_db(transaction=True)
def test_signed_in_people_are_served_past_the_cache(client):
    OrganisationFactory(legal_name="Asociația")
    client.get("/organizatii/")
    client.force_login(UserFactory(), backend="core.accounts.backends.PasswordBackend")
    own = client.get("/organizatii/")
    assert "Autentificare" not in own.content.decode()
    assert "ETag" not in own
    client.logout()
    assert "Autentificare" in client.get("/organizatii/").content.decode()
