"""What the database itself refuses or keeps for organisations."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from organisations.choices import Kind, RegisterStatus
from organisations.models import Organisation, OrganisationName, SearchWord
from tests.factories.organisations import OrganisationFactory, OrganisationNameFactory
from tests.factories.territory import CountyFactory, UatFactory

pytestmark = pytest.mark.django_db


def _refused(**fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationFactory(**fields)


def test_seat_outside_the_county_is_refused():
    seat = UatFactory(county__code="BV")
    _refused(seat=seat, county=CountyFactory(code="CJ"))
    assert OrganisationFactory(seat=seat, county=seat.county).pk
    with pytest.raises(ValidationError, match="județul sediului"):
        Organisation(legal_name="A", slug="a", seat=seat, county=CountyFactory(code="CJ")).full_clean()


def test_county_left_out_is_that_of_the_seat():
    seat = UatFactory(county__code="BV")
    organisation = OrganisationFactory(seat=seat, county=None)
    organisation.refresh_from_db()
    assert organisation.county == seat.county


def test_organisation_follows_its_seat_to_another_county():
    seat = UatFactory(county__code="BV")
    organisation = OrganisationFactory(seat=seat, county=seat.county)
    sibiu = CountyFactory(code="SB")
    type(seat).objects.filter(pk=seat.pk).update(county=sibiu)
    organisation.refresh_from_db()
    assert organisation.county == sibiu


@pytest.mark.parametrize(
    "fields",
    [
        {"cui": "0123"},
        {"cui": "12a"},
        {"legal_name": ""},
        {"slug": "harta"},
        {"slug": "judet"},
        {"register_status": RegisterStatus.LISTED, "listed_on": None},
    ],
)
def test_impossible_organisation_is_refused(fields):
    _refused(**fields)


def test_nobody_is_part_of_their_own_part():
    top = OrganisationFactory(kind=Kind.BRANCH)
    middle = OrganisationFactory(kind=Kind.BRANCH, parent=top)
    top.parent = OrganisationFactory(kind=Kind.UNIT, parent=middle)
    with pytest.raises(ValidationError, match="parte din ea însăși"):
        top.full_clean()


def test_legal_person_has_no_parent_and_nobody_is_their_own():
    parent = OrganisationFactory()
    _refused(kind=Kind.LEGAL_PERSON, parent=parent)
    branch = OrganisationFactory(kind=Kind.BRANCH, parent=parent)
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(pk=branch.pk).update(parent=branch.pk)


def test_cui_is_unique_and_the_national_register_number_is_not():
    OrganisationFactory(cui="18547290", national_register_number="123/A/2020")
    _refused(cui="18547290")
    OrganisationFactory(cui="", national_register_number="123/A/2020")
    OrganisationFactory(cui="")


def _other_names(organisation):
    organisation.refresh_from_db()
    return organisation.other_names


def test_other_names_follow_each_change_of_names():
    first, second = OrganisationFactory(), OrganisationFactory()
    name = OrganisationNameFactory(organisation=first, name="Ștefan")
    OrganisationName.objects.bulk_create(
        OrganisationName(organisation=first, name=text) for text in ("Doi", "Trei")
    )
    assert _other_names(first) == "Ștefan · Doi · Trei"
    assert Organisation.objects.named_like("stefan trei").get() == first
    OrganisationName.objects.filter(name="Doi").update(name="Patru")
    name.organisation = second
    name.save()
    assert (_other_names(first), _other_names(second)) == ("Patru · Trei", "Ștefan")
    OrganisationName.objects.all().delete()
    assert (_other_names(first), _other_names(second)) == ("", "")


def test_old_copy_of_an_organisation_does_not_bring_back_old_names():
    stale = OrganisationFactory()
    OrganisationNameFactory(organisation=stale, name="Nou")
    stale.summary = "Altceva"
    stale.save()
    assert _other_names(stale) == "Nou"


def test_words_of_names_are_kept_for_the_correction_of_typing_errors():
    organisation = OrganisationFactory(legal_name="Asociația Kogayon")
    OrganisationNameFactory(organisation=organisation, name="Țara Zânelor")
    assert set(SearchWord.objects.values_list("word", flat=True)) >= {
        "asociatia",
        "kogayon",
        "tara",
        "zanelor",
    }


def test_deleting_an_organisation_takes_its_names_along():
    organisation = OrganisationNameFactory().organisation
    organisation.delete()
    assert not OrganisationName.objects.exists()
