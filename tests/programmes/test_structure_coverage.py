"""The representatives' page: what an edition reaches among a structure's own members."""

import pytest
from django.test import Client
from django.urls import reverse

from core.accounts.choices import Role
from core.territory.choices import UatType
from organisations.choices import Represents
from organisations.models import AssociativeStructure, StructureRepresentative
from programmes.models import Edition, EditionPartner
from programmes.selectors.structure_coverage import structure_coverage
from tests.factories.accounts import UserFactory, staff_client
from tests.factories.organisations import (
    AssociativeStructureFactory,
    OrganisationFactory,
    StructureMembershipFactory,
)
from tests.factories.programmes import EditionFactory
from tests.factories.territory import CountyFactory, UatFactory
from tests.factories.videoconferences import VideoconferenceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def structure() -> AssociativeStructure:
    return AssociativeStructureFactory(represents=Represents.TOWN, acronym="AOR", slug="aor")


@pytest.fixture
def edition(structure: AssociativeStructure) -> Edition:
    edition = EditionFactory()
    EditionPartner.objects.create(edition=edition, structure=structure)
    return edition


def town(code: str) -> object:
    return UatFactory(county__code=code, type=UatType.ORAS)


def address(structure: AssociativeStructure) -> str:
    return reverse("programmes:structure_coverage", args=[structure.slug])


def test_coverage_counts_members_only(structure: AssociativeStructure, edition: Edition) -> None:
    in_brasov, in_gorj, stranger = town("BV"), town("GJ"), town("GJ")
    StructureMembershipFactory(structure=structure, uat=in_brasov)
    StructureMembershipFactory(structure=structure, uat=in_gorj)
    OrganisationFactory(seat=in_gorj, county=in_gorj.county)
    OrganisationFactory(seat=stranger, county=stranger.county)
    held = VideoconferenceFactory(edition=edition)
    held.regions.add(in_gorj.county.region)

    coverage = structure_coverage(structure, edition)

    assert coverage.is_of_members
    assert (coverage.members, coverage.with_videoconference, coverage.reached) == (2, 1, 1)
    assert [line.code for line in coverage.left_out] == ["BV"]


def test_a_former_member_does_not_count(structure: AssociativeStructure, edition: Edition) -> None:
    StructureMembershipFactory(structure=structure, uat=town("BV"))
    StructureMembershipFactory(structure=structure, uat=town("GJ"), until="2020-01-01")

    assert [line.code for line in structure_coverage(structure, edition).lines] == ["BV"]


def test_without_stored_members_all_of_the_kind_count(
    structure: AssociativeStructure, edition: Edition
) -> None:
    town("BV")
    UatFactory(county__code="BV", type=UatType.COMUNA)

    coverage = structure_coverage(structure, edition)

    assert not coverage.is_of_members
    assert coverage.members == 1


def test_counties_are_members_of_the_structure_of_counties(edition: Edition) -> None:
    counties = AssociativeStructureFactory(represents=Represents.COUNTY, acronym="UNCJR", slug="uncjr")
    gorj = CountyFactory(code="GJ")
    StructureMembershipFactory(structure=counties, uat=None, county=gorj)
    StructureMembershipFactory(structure=counties, uat=None, county=CountyFactory(code="BV"))
    OrganisationFactory(seat=None, county=gorj)

    coverage = structure_coverage(counties, edition)

    assert {line.code: line.reached for line in coverage.lines} == {"GJ": 1, "BV": 0}


def test_representative_sees_the_own_structure_only(
    client: Client, structure: AssociativeStructure, edition: Edition
) -> None:
    other = AssociativeStructureFactory(represents=Represents.COMMUNE, acronym="ACoR", slug="acor")
    StructureMembershipFactory(structure=structure, uat=town("BV"))
    person = UserFactory()
    StructureRepresentative.objects.create(structure=structure, user=person)
    client.force_login(person)

    assert "Coverage" not in client.get(address(structure)).content.decode()
    assert client.get(address(structure)).context["coverage"].members == 1
    assert client.get(address(other)).status_code == 404
    assert address(structure) in client.get("/cont/").content.decode()


def test_strangers_are_kept_out(client: Client, structure: AssociativeStructure, edition: Edition) -> None:
    assert client.get(address(structure)).status_code == 302

    client.force_login(UserFactory(roles=[Role.EVALUATOR]))
    assert client.get(address(structure)).status_code == 404


@pytest.mark.parametrize("asked", ["", "2021", "abc", "99999999999999999999", "\x00"])
def test_staff_may_ask_for_any_edition(structure: AssociativeStructure, edition: Edition, asked: str) -> None:
    answer = staff_client(Role.EDITOR).get(address(structure), {"editie": asked})

    assert answer.context["edition"] == edition


def test_a_structure_without_editions_is_told_so(structure: AssociativeStructure) -> None:
    answer = staff_client(Role.AUDITOR).get(address(structure))

    assert answer.context["coverage"] is None


@pytest.mark.parametrize("members", [1, 20])
def test_queries_do_not_grow_with_members(
    structure: AssociativeStructure, edition: Edition, members: int, django_assert_num_queries: object
) -> None:
    for _number in range(members):
        StructureMembershipFactory(structure=structure, uat=town("BV"))
    structure_coverage(structure, edition)  # warms the places in memory

    with django_assert_num_queries(3):  # type: ignore[operator]
        structure_coverage(structure, edition)
