"""What is thought to be the same organisation, and what is not."""

import pytest

from organisations.selectors.duplicates import Sought, core_name, names_alike, possible_duplicates
from tests.factories.organisations import (
    OrganisationContactFactory,
    OrganisationFactory,
    OrganisationNameFactory,
)


def reasons(sought: Sought) -> dict[str, list[str]]:
    return {each.organisation.legal_name: each.reasons for each in possible_duplicates(sought)}


@pytest.mark.django_db
def test_every_reason_is_said_and_the_surest_stands_first():
    same = OrganisationFactory(legal_name="Fundația Alt Nume", cui="18547290", in_county="IS")
    OrganisationFactory(legal_name="Asociaţia Prietenii Bucovinei", in_county="IS")
    OrganisationFactory(legal_name="Asociația Prietenii Bucovinei", register_status="rejected")
    OrganisationNameFactory(
        organisation=OrganisationFactory(legal_name="Grupul Verde"), name="Prietenii Bucovinei"
    )
    OrganisationContactFactory(
        organisation=OrganisationFactory(legal_name="Cu aceeași adresă"), value="c@prieteni.example.org"
    )
    OrganisationContactFactory(
        organisation=OrganisationFactory(legal_name="Cu același site"),
        kind="website",
        value="https://www.prieteni.example.org/noi",
    )
    OrganisationFactory(legal_name="Cu același număr", national_register_number="123/A/2020")
    OrganisationFactory(legal_name="Asociația Vecinii din Iași", in_county="IS")

    found = reasons(
        Sought(
            names=("Asociația Prietenii Bucovinei",),
            cui="18547290",
            register_number="123/a/2020",
            contacts=("C@prieteni.example.org", "https://prieteni.example.org"),
            county_id=same.county_id,
        )
    )
    assert next(iter(found)) == "Fundația Alt Nume"
    assert found == {
        "Fundația Alt Nume": ["același CUI", "același județ"],
        "Asociaţia Prietenii Bucovinei": ["nume asemănător: Asociaţia Prietenii Bucovinei", "același județ"],
        "Grupul Verde": ["nume asemănător: Prietenii Bucovinei"],
        "Cu aceeași adresă": ["aceeași adresă de e-mail: c@prieteni.example.org"],
        "Cu același site": ["același site: prieteni.example.org"],
        "Cu același număr": ["același număr în Registrul Național"],
    }


@pytest.mark.django_db
def test_free_mail_and_the_record_itself_say_nothing():
    own = OrganisationFactory(legal_name="Asociația Poteca", cui="18547290")
    OrganisationContactFactory(organisation=OrganisationFactory(), value="alta@gmail.com")
    sought = Sought(
        names=("Asociația Poteca",), cui="18547290", contacts=("poteca@gmail.com",), without=own.pk
    )
    assert possible_duplicates(sought) == []
    assert possible_duplicates(Sought()) == []
    assert possible_duplicates(Sought(names=("Аа", "x" * 10_000), contacts=("http://[", "@"))) == []


def test_names_alike():
    assert core_name("Asociația „Salvați Copiii” din România") == "salvati copiii"
    assert core_name("Asociația Națională") == "asociatia nationala"
    assert names_alike("salvati copiii", "salvati copii")
    assert names_alike("salvati copiii", "salvati copiii iasi")
    assert not names_alike("prietenii", "prietenii bucovinei")
    assert not names_alike("vecinii", "")
