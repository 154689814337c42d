"""Requests of each kind that wait for a decision."""

from typing import Any

from organisations.choices import RegisterStatus, SubmissionKind
from organisations.models import Organisation, Submission
from organisations.services.answers import answers_of
from organisations.services.enrolment import lodge_submission
from tests.factories.accounts import UserFactory
from tests.factories.organisations import MembershipFactory, OrganisationFactory
from tests.organisations.enrolment import world

WHY = "Sunt președinta asociației, după cum arată Registrul Național."
REASON = "Scrieți, vă rugăm, numele întreg din statut."


def an_enrolment(**changes: dict[str, Any]) -> Submission:
    """Of Iași, with every answer."""
    world.territory()
    return world.lodged(**changes)


def a_claim(organisation: Organisation | None = None, applicant: Any = None) -> Submission:
    """Of a recorded organisation, by somebody with an account."""
    record = organisation or OrganisationFactory(recorded=True, in_county="CJ")
    claim = Submission.objects.create(
        kind=SubmissionKind.CLAIM,
        organisation=record,
        applicant=applicant or UserFactory(),
        answers={"claim": {"why": WHY}},
    )
    return lodge_submission(submission=claim, actor=claim.applicant)


def a_change(**identity: Any) -> Submission:
    """Of a listed organisation's names, by its manager."""
    world.territory()
    enrolment = world.lodged()
    record = enrolment.organisation
    Organisation.objects.filter(pk=record.pk).update(
        register_status=RegisterStatus.LISTED, listed_on="2026-01-05"
    )
    Submission.objects.filter(pk=enrolment.pk).delete()
    record.refresh_from_db()
    MembershipFactory(organisation=record, user=enrolment.applicant, role="manager")
    known = answers_of(record)
    change = Submission.objects.create(
        kind=SubmissionKind.CHANGE,
        organisation=record,
        applicant=enrolment.applicant,
        answers={**known, "identity": {**known["identity"], **identity}},
    )
    return lodge_submission(submission=change, actor=enrolment.applicant)
