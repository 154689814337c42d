"""Made-up requests of the demo, so that whoever looks at moderation finds something to decide about."""

from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from core.accounts.models import User
from organisations.choices import ReportReason, SubmissionKind
from organisations.models import Domain, Organisation, RecordReport, Submission
from organisations.services.drafts import save_step
from organisations.services.enrolment import lodge_submission
from organisations.services.moderation import decide_submission
from promotori.demo import DEMO_DOMAIN, demo_organisation, demo_people, require_demo

# Nobody signs in as these: they have no password.
_APPLICANTS = {"iris": "Iris Solicitanta", "vlad": "Vlad Solicitantul", "doina": "Doina Solicitanta"}
_WHY = "Sunt secretara asociației; împuternicirea o pot trimite oricând."
_ASKED = "Scrieți, vă rugăm, de când lucrați pentru asociație."


@transaction.atomic
def load_demo_requests() -> int:
    """Makes an enrolment of Iași, one that came back after changes, a claim and a reader's report; returns how many.

    Whatever became of them since, they are made once. Raises ``CommandError`` outside the demo.
    """
    require_demo()
    if User.objects.filter(email=_email("iris")).exists():
        return 0
    iris, vlad, doina = (_applicant(word) for word in _APPLICANTS)
    record = demo_organisation()
    _lodge(
        SubmissionKind.ENROLMENT, iris, _answers("Asociația de Probă din Iași (exemplu)", "18547290", "iasi")
    )
    claim = _lodge(SubmissionKind.CLAIM, vlad, {"claim": {"why": _WHY}}, record)
    moderator = User.objects.get(email=demo_people()[0].email)
    decide_submission(submission=claim, step="return", actor=moderator, reason=_ASKED)
    claim.refresh_from_db()
    save_step(submission=claim, step="claim", raw={"why": f"{_WHY} Lucrez aici din 2022."})
    lodge_submission(submission=claim, actor=vlad)
    _lodge(SubmissionKind.ENROLMENT, doina, _answers("Clubul Teiul Vesel (exemplu)", "14399840", "pascani"))
    RecordReport.objects.create(
        organisation=record,
        reason=ReportReason.WRONG,
        message="Sediul s-a mutat de o lună. (exemplu)",
        language="ro",
    )
    return len(_APPLICANTS)


def _email(word: str) -> str:
    return f"solicitant-{word}@{DEMO_DOMAIN}"


def _applicant(word: str) -> User:
    user = User.objects.create_user(_email(word), full_name=f"{_APPLICANTS[word]} (exemplu)")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def _answers(name: str, cui: str, locality: str) -> dict[str, dict[str, Any]]:
    """A whole enrolment of the county of Iași."""
    domain = Domain.objects.filter(parent=None, is_active=True).order_by("pk").first()
    return {
        "identity": {"legal_name": name, "legal_form": "asociatie"},
        "registration": {"cui": cui, "court": "Judecătoria Iași"},
        "seat": {"county": "IS", "locality": locality, "uat": ""},
        "activity": {"level": "local", "counties": []},
        "domains": {"domains": [domain.code] if domain else [], "summary": "Organizație inventată."},
        "contacts": {"email": f"{locality}@{DEMO_DOMAIN}", "phone": "0232 000 000"},
        "coordinator": {"name": "Coordonator de probă (exemplu)"},
        "figures": {"year": str(timezone.localdate().year - 1), "volunteers_18-30_f": "12"},
        "consent": {"agree": "on", "version": "1"},
    }


def _lodge(
    kind: str, person: User, answers: dict[str, Any], record: Organisation | None = None
) -> Submission:
    request = Submission.objects.create(kind=kind, applicant=person, answers=answers, organisation=record)
    return lodge_submission(submission=request, actor=person)
