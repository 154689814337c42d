"""Hostile requests: every public page answers nonsense with a page or an error page, never with a failure.

The addresses come from the list of public ones and the parameters from watching what each page reads, so a new
page is tried without being named here.
"""

from collections.abc import Iterator
from unittest import mock
from urllib.parse import quote

import pytest
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.test import Client
from django.urls import get_resolver

from core.territory import snapshot
from promotori.loading.edition import load_edition
from promotori.public_addresses import PUBLIC_ADDRESSES
from tests.factories.territory import load_romania

# Walks over everything: documents are drawn once.
pytestmark = [pytest.mark.usefixtures("documents_drawn_once", "templates_untold")]
MARK = '"><script>alert(1)</script>'
# What may stand at each part of an address.
KNOWN = {"year": "2021", "number": "1", "county": "bv", "uat": "brasov", "slug": "pro-vobis"}
BROKEN_PARTS = [
    "0", "-1", str(10**30), "abc", "%00", "a%00b", "%FF%FE", "%C0%AF", "%E2%80%AE", "..%2f..%2fetc%2fpasswd",
    quote(MARK, safe=""), "'%20OR%201=1--", "a" * 1_900, "a" * 10_000, quote("Braşov"), quote("s\u0326"), "BV",
    "%25s", "{{7*7}}", "9999-12", "%0d%0aSet-Cookie:a=b",
]  # fmt: skip
# The first ones are tried at every parameter, of the others every third.
WORST = 6
VALUES = [
    str(10**30), "a%00b", "%FF%FE", "a" * 10_000, quote(MARK), "2021-13", "abc", "-1", "0", "9" * 5_000, "NaN",
    "%ED%A0%80", "%zz",
    quote("\u202eabc\u200f"), quote("Braşov"), quote("Bras\u0327ov"), quote("z" + "\u0301" * 200),
    quote("%' OR 1=1 --"), quote("\\"), "0000-00", "9999-12", "2021-9", "%0d%0aX:y", quote("ⅷ١٢😀"), "",
    quote("//evil.example"), "javascript:alert(1)",
]  # fmt: skip
UNTRANSLATED = ("/healthz", "/readyz", "/robots", "/sitemap", "/admin/")
# 409: the gathering is over, or somebody saved meanwhile.
CALM = {200, 301, 302, 400, 404, 405, 409, 410, 422, 429}
HEADERS: list[dict[str, str]] = [
    {"HX-Request": "true", "HX-Boosted": "true", "HX-History-Restore-Request": "true"},
    {"HX-Request": MARK, "HX-Target": MARK, "HX-Current-URL": "\u00ff"},
    {
        "Accept-Language": "x" * 5_000,
        "If-None-Match": '"',
        "If-Modified-Since": "yesterday",
        "Range": "bytes=9-1",
    },
    {
        "Accept-Language": "../../etc,zz;q=9,ro;q=-1,*;q=nan",
        "Accept": "\x00/\xff",
        "Accept-Encoding": "br;q=2,\xff",
    },
    {"Cookie": "sessionid=../../x; csrftoken=\\000; \xff=\xff"},
    {"Cookie": "sessionid=" + "a" * 200},
    {"X-HTTP-Method-Override": "DELETE", "X-Forwarded-For": MARK, "X-Forwarded-Host": "evil.example"},
    {"Content-Type": "multipart/form-data", "Content-Length": "-1"},
]


def addresses() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Name, address with ``%(name)s`` for its parts, and the parts' names, of every public address."""
    for name in PUBLIC_ADDRESSES:
        *spaces, last = name.split(":")
        resolver, prefix = get_resolver(), ""
        for space in spaces:
            before, resolver = resolver.namespace_dict[space]
            prefix += before
        for forms, _pattern, _defaults, _converters in resolver.reverse_dict.getlist(last):
            for form, parts in forms:
                yield name, f"/{prefix}{form}", tuple(parts)


ADDRESSES = sorted(set(addresses()))


def example(form: str, parts: tuple[str, ...]) -> str:
    return form % {part: KNOWN.get(part, "1") for part in parts}


PLAIN = [example(form, parts) for _name, form, parts in ADDRESSES]


@pytest.fixture(scope="module")
def _loaded(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Romania and edition II for the whole module, gone at its end."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        load_romania()
        load_edition(year=2021, write=True)
        yield
        transaction.set_rollback(True)
    snapshot.forget()


@pytest.fixture
def visitor(_loaded: None, db: None) -> Client:
    """Sees a failure as the public does, as an answer 500; forged forms are refused as they are outside tests."""
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


def fault(response: HttpResponse) -> str:
    """What is wrong with an answer, or nothing: a failure, a script let in, a header or a way out let in."""
    if response.status_code not in CALM:
        return f"answers {response.status_code}"
    if not response.streaming and MARK.encode() in response.content:
        return "repeats a script"
    if response.has_header("X") or "a" in response.cookies:
        return "lets a header in"
    if response.get("Location", "").startswith(("//", "http://evil", "javascript:")):
        return "leads away"
    return ""


def try_all(visitor: Client, targets: list[str]) -> dict[str, str]:
    """Faults by address; every other one is asked for in English."""
    faults = {}
    for number, target in enumerate(targets):
        address = f"/en{target}" if number % 2 and not target.startswith(UNTRANSLATED) else target
        if wrong := fault(visitor.get(address)):
            faults[address[:200]] = wrong
    return faults


def test_every_public_address_is_tried() -> None:
    assert {name for name, _form, _parts in ADDRESSES} == PUBLIC_ADDRESSES


def test_plain_requests_are_calm(visitor: Client) -> None:
    """Without nonsense the same pages answer 200, 302 or 404: the other tests do not stop at a closed door."""
    answers = {address: visitor.get(address).status_code for address in PLAIN}

    assert {address for address, code in answers.items() if code not in {200, 302, 404}} == set()
    assert sum(code == 200 for code in answers.values()) > 25


def test_broken_parts_of_addresses(visitor: Client) -> None:
    targets = [
        form % {**{other: KNOWN.get(other, "1") for other in parts}, part: broken}
        for _name, form, parts in ADDRESSES
        for part in parts
        for broken in BROKEN_PARTS
    ]

    assert try_all(visitor, targets) == {}


_read: dict[str, set[str]] = {}


@pytest.fixture
def readers(visitor: Client) -> dict[str, set[str]]:
    """The parameters that each page reads, where it reads any; watched once."""
    if not _read:
        _read.update(_watched(visitor))
    return {address: names for address, names in _read.items() if names}


def _watched(visitor: Client) -> dict[str, set[str]]:
    read: dict[str, set[str]] = {}

    def spy(name: str) -> object:
        kept = getattr(QueryDict, name)

        def reading(query: QueryDict, key: str, *rest: object) -> object:
            read[address].add(key)
            return kept(query, key, *rest)

        return mock.patch.object(QueryDict, name, reading)

    with spy("get"), spy("getlist"), spy("__getitem__"), spy("__contains__"):
        for address in PLAIN:
            read[address] = set()
            visitor.get(address)
    return read


def test_senseless_parameters(visitor: Client, readers: dict[str, set[str]]) -> None:
    """Each parameter that a page reads, with nonsense; the pages known to ask are among those found."""
    assert readers["/organizatii/"] >= {"q", "judet", "pagina"}
    assert readers["/videoconferinte/"] >= {"luna", "tema"}

    targets = [
        f"{address}?{name}={value}"
        for address, names in readers.items()
        for number, name in enumerate(sorted(names))
        for value in (*VALUES[:WORST], *VALUES[WORST + number % 3 :: 3])
    ]
    assert try_all(visitor, targets) == {}


def test_parameters_that_a_page_does_not_know(visitor: Client) -> None:
    queries = ["nimic=a%00b", "%F0%9F=%80&%00=1", "judet[]=BV&q[0][x]=" + quote(MARK)]

    assert try_all(visitor, [f"{address}?{query}" for address in PLAIN for query in queries]) == {}


def test_strange_queries(visitor: Client, readers: dict[str, set[str]]) -> None:
    strange = (
        "judet[]=BV&regiune[0][x]=1&q[]=a",
        "&".join(["judet=BV"] * 500),
        "&".join(f"judet={number}" for number in range(500)),
        "&".join(f"tema=x{number}" for number in range(1_500)),
        "=&=&&&;;==",
        "q=a&q=b&pagina=1&pagina=zzz&luna=2021-13&luna=2021-09&vedere=luna&vedere=x",
        "q=" + "%C8%99" * 3_000,
    )

    assert try_all(visitor, [f"{address}?{query}" for address in readers for query in strange]) == {}


@pytest.mark.parametrize("headers", HEADERS, ids=range(len(HEADERS)))
def test_conflicting_headers(visitor: Client, headers: dict[str, str]) -> None:
    meta = {
        name.upper().replace("-", "_")
        if name.startswith("Content")
        else f"HTTP_{name.upper().replace('-', '_')}": value
        for name, value in headers.items()
    }
    faults = {address: fault(visitor.get(address, **meta)) for address in PLAIN}

    assert {address: wrong for address, wrong in faults.items() if wrong} == {}


@pytest.mark.parametrize(
    "host", ["evil.example", "[::1", "localhost@evil.example", "a" * 300, "local host", "\xff"], ids=range(6)
)
def test_foreign_host_is_refused(visitor: Client, host: str) -> None:
    for address in PLAIN:
        if address not in ("/healthz", "/readyz"):
            answer = visitor.get(address, headers={"host": host})
            assert answer.status_code == 400, address
            assert b"evil" not in answer.content


@pytest.mark.parametrize(
    "method", ["HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW", "get"]
)
def test_other_methods(visitor: Client, method: str) -> None:
    """Nothing fails; what writes is refused by the token of forms or by the page."""
    faults = {}
    for address in PLAIN:
        answer = visitor.generic(
            method, address, b"a=\xff&b=%00", content_type="application/x-www-form-urlencoded"
        )
        if answer.status_code != 403 and (wrong := fault(answer)):
            faults[address] = wrong
        if method == "HEAD" and answer.content:
            faults[address] = "sends a body"

    assert faults == {}


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="message"\r\n\r\n\x00\xff',
        ),
        ("multipart/form-data", b"--"),
        ("application/json", b"{"),
        ("text/plain; charset=zzz", b"a"),
        ("application/x-www-form-urlencoded", b"message=%00%FF%FE&email=%00&opened=%00&site=x"),
        ("application/x-www-form-urlencoded", b"&".join([b"a=1"] * 5_000)),
        ("application/x-www-form-urlencoded", b"message=" + b"a" * 200_000),
    ],
    ids=range(7),
)
def test_broken_bodies(visitor: Client, content_type: str, body: bytes) -> None:
    """Forms that anybody may send take no harm from what no browser sends."""
    answers = {
        address: visitor.generic("POST", address, body, content_type=content_type) for address in PLAIN
    }

    assert {a: r.status_code for a, r in answers.items() if r.status_code != 403 and fault(r)} == {}


def test_paths_without_end_or_sense(visitor: Client) -> None:
    paths = [
        "/" + "a/" * 5_000, "//evil.example/", "///", "/../../etc/passwd", "/%2e%2e/%2e%2e/", "/en/en/", "/ro/", "/EN/",
        "/en", "/organizatii", "/media/", "/media/../promotori/settings.py", "/static/../manage.py", "/.env",
        "/.git/config",
        "/\u0219", "/%", "/%25%32%65", "/organizatii/;jsessionid=1", "/organizatii/pro-vobis", "/\\evil.example",
        "/en//evil.example",
        "/%0d%0aX:y/", "/en%00/", "/admin/%FF/", "/admin/..;/", "/sitemap-a.xml", "/sitemap-organizatii.xml?p=abc",
        "/sitemap-organizatii.xml?p=-1", "/sitemap-organizatii.xml?p=99999999999999999999", "/sitemap.xml?p=\u0663",
    ]  # fmt: skip

    assert try_all(visitor, paths) == {}
