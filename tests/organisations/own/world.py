"""An organisation with a manager and a member, and another one, for the tests of its own area."""

from dataclasses import dataclass
from functools import cached_property

from django.test import Client
from django.urls import reverse

from core.accounts.models import User
from organisations.choices import MemberRole
from organisations.models import Membership, Organisation
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.organisations import (
    BeneficiaryGroupFactory,
    DomainFactory,
    MembershipFactory,
    OrganisationFactory,
    SustainableGoalFactory,
)
from tests.factories.territory import UatFactory


@dataclass
class OwnWorld:
    """People sign in as late as a test asks for their browser."""

    organisation: Organisation
    manager: User
    member: User
    other: Organisation
    stranger: User

    @cached_property
    def as_manager(self) -> Client:
        return sign_in(Client(), self.manager)

    @cached_property
    def as_member(self) -> Client:
        return sign_in(Client(), self.member)

    @cached_property
    def as_stranger(self) -> Client:
        return sign_in(Client(), self.stranger)

    def page(self, name: str, *args: object, organisation: Organisation | None = None) -> str:
        return reverse(f"organisations:{name}", args=[(organisation or self.organisation).slug, *args])

    def membership(self, user: User) -> Membership:
        return Membership.objects.get(organisation=self.organisation, user=user)


def make_world() -> OwnWorld:
    seat = UatFactory(name="Brașov", county__code="BV")
    for number in (1, 2):
        DomainFactory(code=f"domeniu-{number}")
        BeneficiaryGroupFactory(code=f"grup-{number}")
        SustainableGoalFactory(code=f"odd-{number}")
    organisation = OrganisationFactory(
        legal_name="Asociația Mâini Întinse",
        slug="maini-intinse",
        seat=seat,
        county=seat.county,
        cui="18547290",
    )
    other = OrganisationFactory(legal_name="Fundația Vecină", slug="vecina")
    manager = UserFactory(full_name="Maria Manager", email="maria@exemplu.test")
    member = UserFactory(full_name="Mihai Membru", email="mihai@exemplu.test")
    stranger = UserFactory(full_name="Sorin Străin", email="sorin@exemplu.test")
    MembershipFactory(organisation=organisation, user=manager, role=MemberRole.MANAGER)
    MembershipFactory(organisation=organisation, user=member, role=MemberRole.MEMBER)
    MembershipFactory(organisation=other, user=stranger, role=MemberRole.MANAGER)
    return OwnWorld(organisation, manager, member, other, stranger)
