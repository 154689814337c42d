"""Requests that nobody types: never an error 500, always a page that one can read."""

import pytest

pytestmark = pytest.mark.django_db
ODD_QUERIES = (
    "q=%00", "q=a%00b", "q=%FF%FE", "q=%ED%A0%80", "q=%C0%80", "q=" + "x" * 10_000, "pagina=abc", "pagina=-1",
    "pagina=99999999999999999999", "judet=%00BV", "q=%F0%9F%98%80", "a[]=1&a[]=2", "&&&===", "%00=%00", "q=%u0219",
)  # fmt: skip
LISTS = (
    "/",
    "/organizatii/",
    "/videoconferinte/",
    "/editii/",
    "/anunturi/",
    "/cautare/",
    "/structuri/",
    "/contact/",
)
ODD_PATHS = (
    "/%00", "/organizatii/%00/", "/organizatii/%FF%FE/", "/editii/99999999999999999999/", "/editii/0/", "/en/%00/",
    "/videoconferinte/2021/99999999999999999999/", "/anunturi/%ED%A0%80/", "/documente/%00/fisier",
    "/organizatii/judet/%00/", "/" + "x" * 3000, "/contact/primit/%00/", "/cont/parola/noua/%00-x/", "/..%2f..%2fetc/",
)  # fmt: skip


@pytest.mark.parametrize("address", LISTS)
def test_an_odd_query_is_answered_by_a_page(client, address):
    answers = {query[:16]: client.get(f"{address}?{query}").status_code for query in ODD_QUERIES}

    assert {query: status for query, status in answers.items() if status not in {200, 404}} == {}


@pytest.mark.parametrize("address", ODD_PATHS, ids=lambda address: address[:30])
def test_an_odd_path_does_not_exist(client, address):
    response = client.get(address)

    assert response.status_code == 404
    assert response.text.count("<h1") == 1
    assert "Content-Security-Policy" in response


@pytest.mark.parametrize(
    "query", ["q=" + "x" * 20_000, "&".join(f"a{n}=1" for n in range(2_000))], ids=["long", "many"]
)
def test_an_endless_query_is_refused_calmly(client, query):
    response = client.get(f"/contact/?{query}")

    assert response.status_code in {200, 400}
    assert response.text.count("<h1") == 1


@pytest.mark.parametrize("cookie", ['"aaaaaaaaaaaaaaaaaaaaaaaa\\000"', "x" * 5000, '"\\377\\377"', '""'])
def test_an_odd_session_cookie_is_no_session(client, cookie):
    response = client.get("/cont/", headers={"Cookie": f"sessionid={cookie}"})

    assert response.url.startswith("/cont/autentificare/")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\x00\xff", "application/x-www-form-urlencoded"),
        (b"login=%00&password=%00", "application/x-www-form-urlencoded"),
        (b"x", "multipart/form-data"),
        (b"x", "multipart/form-data; boundary=\xff"),
        (b"{", "application/json"),
        (b"x", "text/plain; charset=nonsense"),
    ],
    ids=["bytes", "nul", "no boundary", "odd boundary", "json", "odd charset"],
)
@pytest.mark.parametrize("address", ["/cont/autentificare/", "/contact/", "/cont/parola/uitata/"])
def test_an_odd_form_is_answered_by_a_page(client, address, body, kind):
    response = client.generic("POST", address, body, content_type=kind)

    assert response.status_code in {200, 400, 422}


@pytest.mark.parametrize("name", ["next", "login"])
@pytest.mark.parametrize(
    "value", ["%00", "/%00", "//evil.example", "javascript:alert(1)", "/\r\nX: y", "https:///x"]
)
def test_an_odd_next_page_of_sign_in_leads_nowhere_else(client, name, value):
    response = client.get("/cont/autentificare/", {name: value})

    assert response.status_code == 200
    assert 'value="javascript:' not in response.text or 'name="next"' in response.text


@pytest.mark.parametrize("method", ["put", "delete", "patch", "trace", "options"])
def test_other_methods_are_refused_or_harmless(client, method):
    assert getattr(client, method)("/contact/").status_code == 405
    assert getattr(client, method)("/confidentialitate/").status_code == 405
