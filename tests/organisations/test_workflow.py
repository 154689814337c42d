"""States of an organisation in the registry: every state against every step, what is missing, who may."""

import pytest
from django.utils import timezone

from core.accounts.choices import GRANTED_ROLES, Role
from core.workflow import TransitionRefusedError, history
from organisations.choices import LegalForm
from organisations.choices import RegisterStatus as S
from organisations.workflow import ORGANISATION_WORKFLOW
from tests.factories.accounts import UserFactory
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db

ALLOWED = {
    (S.DRAFT, "list"): S.LISTED,
    (S.RECORDED, "list"): S.LISTED,
    (S.SUBMITTED, "list"): S.LISTED,
    (S.SUSPENDED, "restore"): S.LISTED,
    (S.WITHDRAWN, "restore"): S.LISTED,
    (S.DRAFT, "submit"): S.SUBMITTED,
    (S.DRAFT, "give-up"): S.REJECTED,
    (S.SUBMITTED, "give-up"): S.REJECTED,
    (S.SUBMITTED, "reject"): S.REJECTED,
    (S.SUBMITTED, "return"): S.DRAFT,
    (S.LISTED, "suspend"): S.SUSPENDED,
    (S.LISTED, "lapse"): S.SUSPENDED,
    (S.RECORDED, "suspend"): S.SUSPENDED,
    (S.LISTED, "withdraw"): S.WITHDRAWN,
    (S.RECORDED, "withdraw"): S.WITHDRAWN,
    (S.SUSPENDED, "withdraw"): S.WITHDRAWN,
    (S.SUBMITTED, "withdraw"): S.WITHDRAWN,
    (S.LISTED, "strike-off"): S.STRUCK_OFF,
    (S.RECORDED, "strike-off"): S.STRUCK_OFF,
    (S.SUSPENDED, "strike-off"): S.STRUCK_OFF,
}


@pytest.mark.parametrize("state", S)
def test_only_the_steps_of_the_table_are_possible(state):
    for name in ORGANISATION_WORKFLOW.transitions:
        organisation = OrganisationFactory(register_status=state, in_county="BV")
        if (state, name) in ALLOWED:
            saved = ORGANISATION_WORKFLOW.perform(organisation, name, actor=None, reason="motiv")
            assert saved.register_status == ALLOWED[state, name]
            assert history(organisation).get().reason == "motiv"
        else:
            with pytest.raises(TransitionRefusedError):
                ORGANISATION_WORKFLOW.perform(organisation, name, actor=None, reason="motiv")


def test_listing_sets_its_date_once():
    organisation = OrganisationFactory(draft=True, in_county="BV")
    listed = ORGANISATION_WORKFLOW.perform(organisation, "list", actor=None)
    assert listed.listed_on == timezone.localdate()
    type(listed).objects.filter(pk=listed.pk).update(listed_on="2021-03-15")
    ORGANISATION_WORKFLOW.perform(listed, "suspend", actor=None, reason="motiv")
    assert str(ORGANISATION_WORKFLOW.perform(listed, "restore", actor=None).listed_on) == "2021-03-15"


def test_listing_says_what_is_missing():
    organisation = OrganisationFactory(draft=True, legal_form="", county=None)
    with pytest.raises(
        TransitionRefusedError, match=r"Lipsește județul sediului\. Lipsește forma juridică\."
    ):
        ORGANISATION_WORKFLOW.perform(organisation, "list", actor=None)
    type(organisation).objects.filter(pk=organisation.pk).update(legal_form=LegalForm.FOUNDATION)
    with pytest.raises(TransitionRefusedError, match=r"^Lipsește județul sediului\.$"):
        ORGANISATION_WORKFLOW.perform(organisation, "list", actor=None)


@pytest.mark.parametrize("name", ["suspend", "withdraw", "strike-off"])
def test_leaving_the_registry_needs_a_reason(name):
    with pytest.raises(TransitionRefusedError):
        ORGANISATION_WORKFLOW.perform(OrganisationFactory(), name, actor=None, reason="  ")


@pytest.mark.parametrize("role", sorted(GRANTED_ROLES))
def test_only_the_editorial_team_decides(role):
    person = UserFactory(roles=[role])
    may = role in (Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER, Role.EDITOR)
    assert bool(ORGANISATION_WORKFLOW.available(OrganisationFactory(), person)) is may
