"""Filters of the registry: what each finds, its counts against a plain count, chips, addresses, parts for htmx."""

import random

import pytest

from organisations.choices import LegalForm, Level, RegisterStatus
from organisations.forms.registry import FILTERS
from organisations.models import Organisation
from programmes.models import Mandate
from tests.factories.organisations import (
    BeneficiaryGroupFactory,
    DomainFactory,
    OrganisationFactory,
    SustainableGoalFactory,
)
from tests.factories.programmes import EditionFactory
from tests.factories.territory import CountyFactory, UatFactory
from tests.organisations.registry import count, count_of, facets, facets_of, names

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled():
    """Some sixty organisations with everything by chance, the same in each run."""
    chance = random.Random(78)
    counties = [CountyFactory(code=code) for code in ("BV", "SB", "CJ", "IS")]
    seats = [UatFactory(county=county, name=f"Sat {number}") for county in counties for number in range(2)]
    roots = [DomainFactory(code=code) for code in ("mediu", "educatie", "sanatate")]
    domains = [*roots, *(DomainFactory(code=f"sub-{root.code}", parent=root) for root in roots[:2])]
    groups = [BeneficiaryGroupFactory(code=code) for code in ("copii", "tineri")]
    goals = [SustainableGoalFactory(code=f"odd-{number}") for number in (1, 2)]
    editions = [EditionFactory(year=2031), EditionFactory(year=2032), EditionFactory(year=2033, draft=True)]
    for _number in range(60):
        seat = chance.choice([None, *seats])
        organisation = OrganisationFactory(
            seat=seat,
            county=seat.county if seat else chance.choice([None, *counties]),
            legal_form=chance.choice([LegalForm.ASSOCIATION, LegalForm.FOUNDATION, ""]),
            level=chance.choice([Level.LOCAL, Level.NATIONAL, ""]),
            register_status=chance.choice(
                [RegisterStatus.LISTED, RegisterStatus.RECORDED, RegisterStatus.DRAFT]
            ),
            domains=chance.sample(domains, chance.randrange(4)),
            beneficiaries=chance.sample(groups, chance.randrange(3)),
            goals=chance.sample(goals, chance.randrange(3)),
            activity_counties=chance.sample(counties, chance.randrange(4)),
        )
        for edition in chance.sample(editions, chance.randrange(3)):
            Mandate.objects.create(edition=edition, organisation=organisation, source="decizia de selecție")


def _codes(organisation: Organisation) -> dict[str, set[str]]:
    """The codes under which an organisation should be found, said as plainly as can be."""
    domains = list(organisation.domains.all())
    county = organisation.county
    return {
        "regiune": {county.region.slug} if county else set(),
        "judet": {county.code} if county else set(),
        "localitate": {organisation.seat.code} if organisation.seat else set(),
        "zona": {county.code for county in organisation.activity_counties.all()},
        "domeniu": {domain.code for domain in domains}
        | {domain.parent.code for domain in domains if domain.parent},
        "forma": {organisation.legal_form} - {""},
        "nivel": {organisation.level} - {""},
        "beneficiari": {group.code for group in organisation.beneficiaries.all()},
        "odd": {goal.code for goal in organisation.goals.all()},
        "promotor": {
            str(mandate.edition.year) for mandate in organisation.mandates.all() if mandate.edition.is_public
        },
    }


def _public_rows() -> list[dict[str, set[str]]]:
    return [_codes(each) for each in Organisation.objects.filter(register_status__in=("listed", "recorded"))]


def _by_hand(
    rows: list[dict[str, set[str]]], chosen: dict[str, set[str]], without: str = ""
) -> list[dict[str, set[str]]]:
    return [
        row for row in rows if all(row[name] & codes for name, codes in chosen.items() if name != without)
    ]


def test_counts_agree_with_a_plain_count_whatever_is_chosen(client, filled):
    chance = random.Random(2014)
    rows = _public_rows()
    possible = {name: sorted({code for row in rows for code in row[name]}) for name in FILTERS}
    for _round in range(25):
        asked = chance.sample([name for name in FILTERS if possible[name]], chance.randrange(4))
        chosen = {
            name: set(chance.sample(possible[name], min(len(possible[name]), chance.choice((1, 1, 2)))))
            for name in asked
        }
        address = "/organizatii/?" + "&".join(
            f"{name}={code}" for name, codes in chosen.items() for code in codes
        )
        page = client.get(address).content.decode()
        assert count_of(page) == len(_by_hand(rows, chosen)), address
        shown = facets_of(page)
        for name in FILTERS:
            if name == "localitate" and not {"judet", "localitate"} & set(chosen):
                continue
            found = _by_hand(rows, chosen, without=name)
            for code in possible[name]:
                expected = sum(code in row[name] for row in found)
                assert shown.get(name, {}).get(code, 0) == expected, (address, name, code)


def test_seat_and_area_are_different_filters(client):
    brasov, cluj = CountyFactory(code="BV"), CountyFactory(code="CJ")
    OrganisationFactory(legal_name="Cu sediul", county=brasov)
    OrganisationFactory(legal_name="Activă", county=cluj, activity_counties=[brasov])
    assert names(client, "/organizatii/?judet=BV") == ["Cu sediul"]
    assert names(client, "/organizatii/?zona=BV") == ["Activă"]


def test_several_values_of_a_filter_are_either(client):
    for code in ("BV", "CJ", "IS"):
        OrganisationFactory(in_county=code)
    assert count(client, "/organizatii/?judet=BV&judet=cj") == 2


def test_what_is_not_public_is_neither_listed_nor_counted(client):
    for trait in ("draft", "suspended"):
        OrganisationFactory(in_county="BV", **{trait: True})
    OrganisationFactory(legal_name="Publică", in_county="BV", recorded=True)
    assert names(client) == ["Publică"]
    assert facets(client)["judet"] == {"BV": 1}


def test_chips_take_one_choice_away_and_keep_the_others(client):
    OrganisationFactory(in_county="BV")
    content = client.get("/organizatii/?forma=asociatie&judet=BV&q=asoc").content.decode()
    assert 'class="chip" href="?q=asoc&amp;judet=BV"' in content
    assert 'class="chip" href="?q=asoc&amp;forma=asociatie"' in content
    assert 'class="chip" href="?judet=BV&amp;forma=asociatie"' in content


def test_pages_keep_the_question_and_give_the_last_for_more(client):
    for _number in range(30):
        OrganisationFactory(in_county="BV")
    first, second = names(client, "/organizatii/?judet=BV"), names(client, "/organizatii/?judet=BV&pagina=2")
    assert (len(first), len(second)) == (25, 5)
    assert not set(first) & set(second)
    assert names(client, "/organizatii/?judet=BV&pagina=99999") == second
    assert names(client, "/organizatii/?judet=BV&pagina=abc") == first
    assert (
        'href="/organizatii/?judet=BV&amp;pagina=2"'
        in client.get("/organizatii/?pagina=1&judet=bv").content.decode()
    )


def test_htmx_gets_the_part_and_its_history_the_page(client):
    OrganisationFactory(legal_name="Asociația")
    part = client.get("/organizatii/", headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert 'id="rezultate"' in part.content.decode()
    assert 'id="filtre"' in part.content.decode()
    assert {"HX-Request", "Cookie"} <= {name.strip() for name in part["Vary"].split(",")}
    back = client.get("/organizatii/", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<html" in back.content.decode()


def test_english_list_has_english_words(client):
    OrganisationFactory(in_county="BV")
    content = client.get("/en/organizatii/?judet=BV").content.decode()
    assert "1 organisation" in content
    assert "Brașov county" in content


@pytest.mark.parametrize("size", [3, 60])
@pytest.mark.parametrize(
    "address", ["/organizatii/", "/organizatii/?judet=BV&q=asociatia", "/organizatii/?q=asociatai"]
)
def test_list_makes_the_same_few_queries_at_any_size(client, django_assert_num_queries, size, address):
    domain = DomainFactory()
    for number in range(size):
        OrganisationFactory(in_county="BV", domains=[domain], legal_name=f"Asociația {number}")
    queries = {"/organizatii/": 6, "/organizatii/?judet=BV&q=asociatia": 6, "/organizatii/?q=asociatai": 7}[
        address
    ]
    with django_assert_num_queries(queries):
        client.get(address)


def test_map_stands_on_the_whole_registry_only(client):
    OrganisationFactory(in_county="BV")
    assert 'class="tile tile-s' in client.get("/organizatii/").content.decode()
    assert 'class="tile tile-s' not in client.get("/organizatii/?judet=BV").content.decode()


def test_page_is_light_with_every_choice_in_use(client, filled):
    assert len(client.get("/organizatii/").content) < 60_000


@pytest.mark.parametrize("code", ["centru", "CENTRU", "RO12", "ro12"])
def test_a_region_is_known_by_its_word_and_by_its_official_code(client, code):
    OrganisationFactory(legal_name="Din Brașov", in_county="BV")
    OrganisationFactory(legal_name="Din Cluj", in_county="CJ")
    assert names(client, f"/organizatii/?regiune={code}") == ["Din Brașov"]
