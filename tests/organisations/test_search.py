"""Search of the registry: spellings, namesakes, typing errors, order, hostile text."""

import pytest

from tests.factories.organisations import OrganisationFactory, OrganisationNameFactory
from tests.factories.territory import CountyFactory, UatFactory
from tests.organisations.registry import count, names

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "text", ["brasov", "Brașov", "Braşov", "BRASOV", "bras\u0327ov", "BRAS\u0326OV", " Brașov  ", "rașo"]
)
def test_search_finds_every_spelling(client, text):
    for spelling in ("Asociația Brașov Solidar", "Asociaţia Braşov Vechi", "Asociatia Brasov Nou"):
        OrganisationFactory(legal_name=spelling)
    OrganisationFactory(legal_name="Asociația Cluj")
    assert len(names(client, f"/organizatii/?q={text}")) == 3


@pytest.mark.parametrize("text", ["Липовская", "липовская община", "ТУЛЬЧА"])
def test_search_finds_a_name_in_other_letters_as_it_is_written(client, text):
    OrganisationFactory(legal_name="Липовская община Тульча")
    OrganisationFactory(legal_name="Комунитас")
    assert names(client, f"/organizatii/?q={text}") == ["Липовская община Тульча"]


def test_search_shows_namesakes_as_two(client):
    OrganisationFactory(legal_name="Speranța", in_county="BV")
    OrganisationFactory(legal_name="Speranța", in_county="CJ")
    OrganisationFactory(legal_name="Speranta")
    assert names(client, "/organizatii/?q=speranța") == ["Speranța", "Speranța", "Speranta"] or sorted(
        names(client, "/organizatii/?q=speranța")
    ) == ["Speranta", "Speranța", "Speranța"]
    assert count(client, "/organizatii/?q=speranța") == 3


@pytest.mark.parametrize(
    "text", ["APC", "a.p.c", "Consumatorilor Moldova", "RO 185 472 90", "18547290", "ro18547290"]
)
def test_search_finds_by_acronym_other_name_and_cui(client, text):
    found = OrganisationFactory(legal_name="Asociația pentru Protecție", acronym="APC", cui="18547290")
    OrganisationNameFactory(organisation=found, name="Protecția Consumatorilor din Moldova")
    OrganisationFactory(legal_name="Alta")
    assert names(client, f"/organizatii/?q={text}") == ["Asociația pentru Protecție"]


def test_search_of_digits_finds_names_with_them(client):
    OrganisationFactory(legal_name="Asociația 1 Decembrie 1918")
    assert names(client, "/organizatii/?q=1 1918") == ["Asociația 1 Decembrie 1918"]


@pytest.mark.parametrize("text", ["kogaion", "kogayno", "kogyaon", "asociatia kogaion", "kogayom"])
def test_search_with_a_slip_shows_the_nearest_and_says_so(client, text):
    OrganisationFactory(legal_name="Asociația Kogayon")
    response = client.get("/organizatii/", {"q": text})
    assert "Cele mai apropiate" in response.content.decode()
    assert names(client, f"/organizatii/?q={text}") == ["Asociația Kogayon"]


def test_search_with_a_slip_never_shows_what_is_not_public(client):
    OrganisationFactory(legal_name="Asociația Kogayon", draft=True)
    content = client.get("/organizatii/?q=kogaion").content.decode().lower()
    assert "kogayon" not in content


def test_search_without_any_like_it_says_what_to_do(client):
    OrganisationFactory()
    content = client.get("/organizatii/?q=xylofonwqz").content.decode()
    assert "Nu se potrivește nicio organizație." in content
    assert "Vedeți toate organizațiile" in content


def test_search_puts_whole_names_first_then_beginnings(client):
    OrganisationFactory(legal_name="Casa Lumina")
    OrganisationFactory(legal_name="Lumina Nouă")
    OrganisationFactory(legal_name="Lumina")
    OrganisationFactory(legal_name="Asociația Alumina")
    assert names(client, "/organizatii/?q=lumina") == [
        "Lumina",
        "Lumina Nouă",
        "Casa Lumina",
        "Asociația Alumina",
    ]


def test_list_is_in_romanian_order(client):
    for name in ("Șerban", "Sibiu", "Tudor", "Țepeș", "Sadu", "Săcele", "Ânima", "Arad", "Zalău"):
        OrganisationFactory(legal_name=name)
    assert names(client) == ["Arad", "Ânima", "Sadu", "Săcele", "Sibiu", "Șerban", "Tudor", "Țepeș", "Zalău"]


def test_found_words_are_marked_and_text_is_escaped(client):
    OrganisationFactory(legal_name="Casa <b>Brașov</b>")
    content = client.get("/organizatii/?q=brasov").content.decode()
    assert "<mark>Brașov</mark>" in content
    assert "<b>" not in content


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=a%00b",
        "q=%ff%fe",
        "q=%E2%80%8F%E2%80%AEabc",
        "q=" + "a" * 10_000,
        "q=" + "%C8%99" * 3_000,
        "q=%25_%5C'\"",
        "q=" + "a+" * 3_000,
        "q=%F0%9F%98%80",
        "q[]=1",
        "q=ş&q=ț",
        "judet=%00",
        "judet=%ff",
        "judet=XX",
        "judet=" + "B" * 10_000,
        "judet=bv%CC%A7",
        "regiune=nowhere",
        "localitate=999999999999999999999",
        "domeniu=nimic",
        "localitate=%27%3B--",
        "forma=x&nivel=y&odd=z&beneficiari=w&promotor=2O21&zona=QQ",
        "promotor=99999999999",
        "pagina=abc",
        "pagina=0",
        "pagina=-1",
        "pagina=1e9",
        "pagina=" + "9" * 31,
        "pagina=%00",
        "pagina=٣",
        "pagina=1&pagina=2",
        "&".join(f"judet=B{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" * 20),
        "=&=&&;",
        "%",
        "%zz=%zz",
    ],
)
@pytest.mark.parametrize("path", ["/organizatii/", "/en/organizatii/"])
def test_addresses_that_make_no_sense_get_a_normal_page(client, path, query):
    OrganisationFactory(in_county="BV")
    response = client.get(f"{path}?{query}")
    assert response.status_code == 200
    assert response.content.decode().count("<h1>") == 1


@pytest.mark.parametrize(
    "path",
    [
        "/organizatii/%00/",
        "/organizatii/%ff/",
        "/organizatii/nu-exista/",
        "/organizatii/judet/xx/",
        "/organizatii/judet/bv/nu/",
        "/organizatii/judet/%C8%99/",
        "/structuri/nu/",
        "/structuri/amr/?judet=%00",
        "/organizatii/" + "a" * 5_000 + "/",
    ],
)
def test_pages_of_nothing_are_not_found(client, path):
    CountyFactory(code="BV")
    assert client.get(path).status_code == 404


def test_unknown_codes_are_named_and_left_aside(client):
    OrganisationFactory(in_county="BV")
    response = client.get("/organizatii/?judet=QQ&judet=BV")
    assert "Evidența nu cunoaște: QQ" in response.content.decode()
    assert count(client, "/organizatii/?judet=QQ&judet=BV") == 1


def test_text_of_signs_only_finds_nothing_and_says_why(client):
    OrganisationFactory()
    assert count(client, "/organizatii/?q=!!!") == 0
    assert "nu este nimic de căutat" in client.get("/organizatii/?q=!!!").content.decode()


def test_name_of_a_place_offers_its_page(client):
    county = CountyFactory(code="BV")
    UatFactory(county=county, name="Brașov", slug="brasov", type="municipiu")
    content = client.get("/organizatii/?q=BRASOV").content.decode()
    assert 'href="/organizatii/judet/bv/"' in content
    assert 'href="/organizatii/judet/bv/brasov/"' in content
    assert "/organizatii/judet/bv/" not in client.get("/organizatii/?q=brasov solidar").content.decode()
