"""Made-up organisations for benchmarks: the same each time, marked, whole."""

import pytest

from organisations.models import Organisation
from organisations.services.generation import generate_organisations
from tests.factories.organisations import BeneficiaryGroupFactory, DomainFactory, SustainableGoalFactory
from tests.factories.territory import UatFactory

pytestmark = pytest.mark.django_db


def test_same_number_gives_the_same_organisations_once():
    for number in range(3):
        UatFactory(county__code="BV", type="municipiu")
        DomainFactory(code=f"d{number}")
        BeneficiaryGroupFactory(code=f"b{number}")
        SustainableGoalFactory(code=f"g{number}")
    assert generate_organisations(40) == 40
    first = list(Organisation.objects.order_by("slug").values_list("slug", "legal_name", "seat", "level"))
    assert all(organisation.is_example for organisation in Organisation.objects.all())
    assert all(organisation.domains.exists() for organisation in Organisation.objects.all())
    assert generate_organisations(40) == 0
    Organisation.objects.all().delete()
    generate_organisations(40)
    assert (
        list(Organisation.objects.order_by("slug").values_list("slug", "legal_name", "seat", "level"))
        == first
    )


def test_without_places_it_says_what_to_load():
    with pytest.raises(ValueError, match="territory"):
        generate_organisations(1)
