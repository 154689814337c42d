"""Three requests of different people that wait for a moderator, and a reader's report."""

from copy import deepcopy
from typing import Any

from allauth.account.models import EmailAddress
from django.utils import timezone

from core.accounts.models import User
from core.territory.models import County
from organisations.choices import LegalForm, RegisterStatus, SubmissionKind
from organisations.models import Domain, Organisation, OrganisationContact, RecordReport, Submission
from organisations.services.drafts import save_step
from organisations.services.enrolment import lodge_submission, withdraw_submission
from organisations.services.moderation import decide_submission
from tests.e2e.signing_in import demo_person
from tests.organisations.enrolment.world import ANSWERS

NAME = "Asociația Șoapta Codrului"
WHY = "Sunt președintele fundației; împuternicirea este la dosar."


def load() -> None:
    """Written to the journeys' database, once; what another journey left in the queue is withdrawn first."""
    for left in Submission.objects.waiting():
        if left.applicant is not None:
            withdraw_submission(submission=left, actor=left.applicant)
    people = [_person(word) for word in ("ana", "dan", "ilie")]
    domain = Domain.objects.filter(parent=None).order_by("pk").first()
    answers = deepcopy(ANSWERS)
    answers["identity"].update(legal_name=NAME, public_name="", acronym="", aliases="")
    answers["registration"].update(cui="31400007")
    answers["seat"] = {"county": "VS", "locality": "vaslui", "uat": ""}
    answers["domains"] = {"domains": [domain.code if domain else ""], "summary": "Mergem prin codru."}
    answers["beneficiaries"] = {"beneficiaries": [], "goals": []}
    answers["figures"] = {"year": str(timezone.localdate().year - 1)}
    _lodge(SubmissionKind.ENROLMENT, people[0], answers)
    for number, person in enumerate(people[1:], start=1):
        record = _record(number)
        claim = _lodge(SubmissionKind.CLAIM, person, {"claim": {"why": WHY}}, record)
    # The last one comes back after changes.
    moderator = User.objects.get(email=demo_person("manager").email)
    decide_submission(submission=claim, step="return", actor=moderator, reason="Spuneți mai mult.")
    claim.refresh_from_db()
    save_step(submission=claim, step="claim", raw={"why": f"{WHY} Am și o adeverință."})
    lodge_submission(submission=claim, actor=claim.applicant)
    RecordReport.objects.create(organisation=record, reason="gone", message="S-a desființat.", language="ro")


def _person(word: str) -> User:
    user = User.objects.create_user(f"{word}@codru.exemplu.invalid", full_name=f"{word.title()} Codreanu")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def _record(number: int) -> Organisation:
    record = Organisation.objects.create(
        legal_name=f"Fundația Șoapta Codrului {number}",
        slug=f"proba-codru-{number}",
        county=County.objects.get(code="VS"),
        legal_form=LegalForm.FOUNDATION,
        register_status=RegisterStatus.RECORDED,
        source="exemplu",
    )
    OrganisationContact.objects.create(
        organisation=record, kind="email", value=f"birou{number}@codru.exemplu.invalid"
    )
    return record


def _lodge(
    kind: str, person: User, answers: dict[str, Any], record: Organisation | None = None
) -> Submission:
    request = Submission.objects.create(kind=kind, applicant=person, answers=answers, organisation=record)
    return lodge_submission(submission=request, actor=person)
