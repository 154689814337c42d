"""Organisations, structures and their vocabularies for tests."""

from typing import Any

import factory
from django.utils import timezone
from django.utils.text import slugify
from factory.django import DjangoModelFactory

from core.text import fold
from organisations import models
from organisations.choices import ContactKind, Kind, LegalForm, NameKind, RegisterStatus, Represents
from tests.factories.territory import CountyFactory, UatFactory


class DomainFactory(DjangoModelFactory):
    """A domain by its code."""

    class Meta:
        model = models.Domain
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda number: f"domeniu-{number}")
    name = factory.LazyAttribute(lambda term: f"Domeniul {term.code}")
    name_en = factory.LazyAttribute(lambda term: f"Domain {term.code}")


class BeneficiaryGroupFactory(DjangoModelFactory):
    class Meta:
        model = models.BeneficiaryGroup
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda number: f"grup-{number}")
    name = factory.LazyAttribute(lambda term: f"Grupul {term.code}")
    name_en = factory.LazyAttribute(lambda term: f"Group {term.code}")


class SustainableGoalFactory(DjangoModelFactory):
    class Meta:
        model = models.SustainableGoal
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda number: f"odd-{number}")
    name = factory.LazyAttribute(lambda term: f"Obiectivul {term.code}")
    name_en = factory.LazyAttribute(lambda term: f"Goal {term.code}")


class OrganisationFactory(DjangoModelFactory):
    """A listed association without a seat; traits for other states, ``seat``/``county`` for places.

    ``OrganisationFactory(in_county="BV")`` seats it in a county, ``domains=[…]`` fills the lists.
    """

    class Meta:
        model = models.Organisation
        skip_postgeneration_save = True

    class Params:
        draft = factory.Trait(register_status=RegisterStatus.DRAFT, listed_on=None)
        recorded = factory.Trait(register_status=RegisterStatus.RECORDED, listed_on=None)
        suspended = factory.Trait(register_status=RegisterStatus.SUSPENDED)
        branch = factory.Trait(
            kind=Kind.BRANCH, parent=factory.SubFactory("tests.factories.organisations.OrganisationFactory")
        )
        in_county = None

    legal_name = factory.Sequence(lambda number: f"Asociația Exemplul {number}")
    slug = factory.Sequence(lambda number: f"organizatia-{number}")
    legal_form = LegalForm.ASSOCIATION
    register_status = RegisterStatus.LISTED
    listed_on = factory.LazyFunction(timezone.localdate)
    county = factory.LazyAttribute(lambda org: CountyFactory(code=org.in_county) if org.in_county else None)

    @factory.post_generation
    def domains(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create and extracted:
            self.domains.set(extracted)

    @factory.post_generation
    def beneficiaries(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create and extracted:
            self.beneficiaries.set(extracted)

    @factory.post_generation
    def goals(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create and extracted:
            self.goals.set(extracted)

    @factory.post_generation
    def activity_counties(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create and extracted:
            self.activity_counties.set(extracted)


class OrganisationNameFactory(DjangoModelFactory):
    class Meta:
        model = models.OrganisationName

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda number: f"Alt nume {number}")
    kind = NameKind.ALIAS


class OrganisationContactFactory(DjangoModelFactory):
    """A contact that is not public, as they all begin."""

    class Meta:
        model = models.OrganisationContact

    organisation = factory.SubFactory(OrganisationFactory)
    kind = ContactKind.EMAIL
    value = factory.Sequence(lambda number: f"contact{number}@example.org")


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = models.Membership

    organisation = factory.SubFactory(OrganisationFactory)


class FormerSlugFactory(DjangoModelFactory):
    class Meta:
        model = models.FormerSlug

    organisation = factory.SubFactory(OrganisationFactory)
    slug = factory.Sequence(lambda number: f"adresa-veche-{number}")


class AssociativeStructureFactory(DjangoModelFactory):
    """The structure of municipalities, unless said otherwise."""

    class Meta:
        model = models.AssociativeStructure
        django_get_or_create = ("represents",)

    represents = Represents.MUNICIPALITY
    acronym = factory.LazyAttribute(lambda structure: f"A{structure.represents[:4].upper()}")
    slug = factory.LazyAttribute(lambda structure: slugify(fold(structure.acronym)))
    name = factory.LazyAttribute(lambda structure: f"Asociația {structure.acronym}")


class StructureMembershipFactory(DjangoModelFactory):
    class Meta:
        model = models.StructureMembership

    structure = factory.SubFactory(AssociativeStructureFactory)
    uat = factory.SubFactory(UatFactory)
    source = "lista membrilor"
