"""Pages of an organisation, a county, a UAT, the map and the structures."""

import pytest
from django.core.exceptions import ValidationError

from core.accounts.choices import Role
from organisations.choices import ContactKind, Kind, Represents
from organisations.models import AssociativeStructure, StructureMembership
from organisations.services.addresses import change_address
from organisations.services.structures import load_structures
from tests.factories.accounts import UserFactory, sign_in, staff_client
from tests.factories.organisations import (
    AssociativeStructureFactory,
    DomainFactory,
    FormerSlugFactory,
    MembershipFactory,
    OrganisationContactFactory,
    OrganisationFactory,
    OrganisationNameFactory,
    StructureMembershipFactory,
)
from tests.factories.territory import UatFactory, load_counties, load_romania
from tests.organisations.registry import names

pytestmark = pytest.mark.django_db


def _text(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_organisation_page_tells_what_is_known(client):
    seat = UatFactory(county__code="BV", name="Codlea", slug="codlea", type="municipiu")
    organisation = OrganisationFactory(
        legal_name="Asociația Română",
        public_name="Româna",
        acronym="AR",
        cui="18547290",
        seat=seat,
        county=seat.county,
        domains=[DomainFactory(name="Mediu", code="mediu")],
        source="Calendarul activităților 2021",
        slug="romana",
    )
    OrganisationNameFactory(organisation=organisation, name="Vechea Română")
    OrganisationFactory(kind=Kind.BRANCH, parent=organisation, legal_name="Filiala Cluj")
    content = _text(client, "/organizatii/romana/")
    for word in (
        "Asociația Română",
        "Vechea Română",
        "AR",
        "18547290",
        "Mediu",
        "Filiala Cluj",
        "Calendarul activităților 2021",
    ):
        assert word in content
    assert 'href="/organizatii/judet/bv/codlea/"' in content
    assert content.count("<h1>") == 1


def test_contacts_are_shown_only_with_agreement(client):
    organisation = OrganisationFactory(slug="a")
    OrganisationContactFactory(organisation=organisation, value="ascuns@example.org")
    OrganisationContactFactory(organisation=organisation, value="public@example.org", is_public=True)
    OrganisationContactFactory(
        organisation=organisation, kind=ContactKind.WEBSITE, value="javascript:alert(1)", is_public=True
    )
    content = _text(client, "/organizatii/a/")
    assert "ascuns@example.org" not in content
    assert 'href="mailto:public@example.org"' in content
    assert 'href="javascript' not in content


@pytest.mark.parametrize("trait", ["draft", "suspended"])
def test_what_is_not_public_is_seen_by_staff_and_its_own_people_only(client, trait):
    organisation = OrganisationFactory(slug="a", **{trait: True})
    own, stranger = UserFactory(), UserFactory()
    MembershipFactory(organisation=organisation, user=own)
    assert client.get("/organizatii/a/").status_code == 404
    assert sign_in(client, stranger).get("/organizatii/a/").status_code == 404
    assert "Nu este publică" in _text(sign_in(client, own), "/organizatii/a/")
    assert "Nu este publică" in _text(staff_client(Role.EDITOR), "/organizatii/a/")


def test_former_address_leads_to_the_present_one(client):
    FormerSlugFactory(slug="veche", organisation=OrganisationFactory(slug="noua"))
    response = client.get("/organizatii/veche/")
    assert (response.status_code, response["Location"]) == (301, "/organizatii/noua/")
    FormerSlugFactory(slug="ascunsa", organisation=OrganisationFactory(slug="ciorna", draft=True))
    assert client.get("/organizatii/ascunsa/").status_code == 404


def test_changed_addresses_all_lead_to_the_last(client):
    organisation = OrganisationFactory(slug="unu")
    for slug in ("doi", "trei", "doi"):
        change_address(organisation=organisation, slug=slug, actor=None)
    for old in ("unu", "trei"):
        assert client.get(f"/organizatii/{old}/")["Location"] == "/organizatii/doi/"
    assert client.get("/organizatii/doi/").status_code == 200


@pytest.mark.parametrize("slug", ["alta", "fosta", "harta", "judet", "cu spatiu", "șir", ""])
def test_address_of_something_else_is_refused(slug):
    FormerSlugFactory(slug="fosta", organisation=OrganisationFactory(slug="alta"))
    organisation = OrganisationFactory(slug="a")
    with pytest.raises(ValidationError):
        change_address(organisation=organisation, slug=slug, actor=None)
    organisation.refresh_from_db()
    assert organisation.slug == "a"


def test_map_counts_seats_of_all_counties(client):
    load_counties()
    for code in ("BV", "BV", "CJ"):
        OrganisationFactory(in_county=code)
    OrganisationFactory(in_county="CJ", draft=True)
    OrganisationFactory()
    content = _text(client, "/organizatii/harta/")
    assert content.count('class="tile tile-s') == 42
    assert 'aria-label="Brașov: 2 organizații"' in content
    assert 'aria-label="Cluj: o organizație"' in content or 'aria-label="Cluj: 1 organizație"' in content
    assert "Încă o organizație nu este pe hartă" in content
    assert len(content) < 60_000


def test_county_page_lists_its_organisations_and_units(client):
    seat = UatFactory(county__code="BV", name="Codlea", slug="codlea", type="municipiu")
    OrganisationFactory(legal_name="Din Codlea", seat=seat, county=seat.county)
    OrganisationFactory(legal_name="Din Cluj", in_county="CJ")
    assert names(client, "/organizatii/judet/bv/") == ["Din Codlea"]
    content = _text(client, "/organizatii/judet/bv/")
    assert 'href="/organizatii/judet/bv/codlea/"' in content
    assert names(client, "/organizatii/judet/bv/codlea/") == ["Din Codlea"]


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("/organizatii/judet/BV/", "/organizatii/judet/bv/"),
        ("/en/organizatii/judet/Bv/", "/en/organizatii/judet/bv/"),
        ("/organizatii/judet/BV/Codlea/", "/organizatii/judet/bv/codlea/"),
        ("/structuri/AMR/", "/structuri/amr/"),
    ],
)
def test_capitals_in_an_address_lead_to_small_letters(client, asked, answered):
    response = client.get(asked)
    assert (response.status_code, response["Location"]) == (301, answered)


def test_counties_that_share_a_name_of_a_unit_have_a_page_each(client):
    for code in ("BV", "CJ"):
        unit = UatFactory(county__code=code, name="Viișoara", slug="viisoara")
        OrganisationFactory(legal_name=f"Din {code}", seat=unit, county=unit.county)
    assert names(client, "/organizatii/judet/cj/viisoara/") == ["Din CJ"]


def test_structures_load_once_with_the_members_their_sources_count(client):
    load_romania()
    load = load_structures()
    assert (load.structures_added, load.members_added) == (4, 109 + 216)
    assert not load_structures().changed
    stored = {
        structure.acronym: structure.memberships.count() for structure in AssociativeStructure.objects.all()
    }
    assert stored == {"UNCJR": 0, "AMR": 109, "AOR": 216, "ACoR": 0}
    for slug, words in {"amr": "109", "aor": "216", "acor": "2.862", "uncjr": "41"}.items():
        content = _text(client, f"/structuri/{slug}/")
        assert words in content
        assert len(content) < 60_000
    assert "lista membrilor nu a fost verificată" in _text(client, "/structuri/acor/")
    communes = _text(client, "/structuri/acor/?judet=BV")
    assert communes.count('href="/organizatii/judet/bv/') == 48
    assert client.get("/structuri/acor/?judet=QQ").status_code == 404


def test_trial_load_of_structures_writes_nothing():
    assert load_structures(keep=False).structures_added == 4
    assert not AssociativeStructure.objects.exists()


def test_member_that_left_does_not_come_back(client):
    load_romania()
    load_structures()
    StructureMembership.objects.filter(structure__slug="aor", uat__name="Predeal").update(until="2024-01-01")
    assert not load_structures().changed
    content = _text(client, "/structuri/aor/?judet=BV")
    assert content.count('<span class="muted">membru</span>') == 5


def test_unit_page_names_its_structure(client):
    unit = UatFactory(county__code="BV", slug="codlea", type="municipiu")
    structure = AssociativeStructureFactory(acronym="AMR", slug="amr", represents=Represents.MUNICIPALITY)
    StructureMembershipFactory(structure=structure, uat=unit)
    assert 'href="/structuri/amr/"' in _text(client, "/organizatii/judet/bv/codlea/")


@pytest.mark.parametrize("size", [1, 30])
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/organizatii/harta/", 2),
        ("/organizatii/judet/bv/", 6),
        ("/organizatii/judet/bv/codlea/", 6),
        ("/organizatii/a/", 8),
        ("/structuri/", 5),
        ("/structuri/amr/?judet=BV", 7),
    ],
)
def test_pages_make_the_same_few_queries_at_any_size(
    client, django_assert_num_queries, size, address, queries
):
    seat = UatFactory(county__code="BV", slug="codlea", type="municipiu")
    structure = AssociativeStructureFactory(acronym="AMR", slug="amr")
    parent = OrganisationFactory(slug="a", seat=seat, county=seat.county, domains=[DomainFactory()])
    for _number in range(size):
        OrganisationFactory(
            seat=seat, county=seat.county, kind=Kind.BRANCH, parent=parent, domains=[DomainFactory()]
        )
        OrganisationNameFactory(organisation=parent)
        OrganisationContactFactory(organisation=parent, is_public=True)
        StructureMembershipFactory(structure=structure, uat__county=seat.county, uat__type="municipiu")
    with django_assert_num_queries(queries):
        client.get(address)


def test_closed_unit_keeps_its_page_and_says_since_when(client):
    unit = UatFactory(name="Apața", slug="apata", county__code="BV", valid_to="2026-07-01")
    organisation = OrganisationFactory(seat=unit, county=unit.county)
    address = f"/organizatii/judet/{unit.county.slug}/apata/"

    assert f'href="{address}"' in client.get(organisation.get_absolute_url()).text
    page = client.get(address)
    assert "Din 1 iulie 2026 această unitate administrativ-teritorială nu mai există." in page.text
    assert organisation.display_name in page.text
