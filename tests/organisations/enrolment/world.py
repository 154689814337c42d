"""An NGO of Iași with all its answers, and requests made of them."""

from copy import deepcopy
from typing import Any

from organisations.choices import SubmissionKind
from organisations.models import Submission
from organisations.services.enrolment import lodge_submission
from tests.factories.accounts import UserFactory
from tests.factories.organisations import BeneficiaryGroupFactory, DomainFactory, SustainableGoalFactory
from tests.factories.territory import CountyFactory, UatFactory

# Valid by its check digit.
CUI = "18547290"
OTHER_CUI = "14399840"
ANSWERS: dict[str, dict[str, Any]] = {
    "identity": {
        "legal_name": "Asociația Prietenii Bucovinei din Iași",
        "public_name": "Prietenii Bucovinei",
        "acronym": "APB",
        "aliases": "Prietenii din Iași\r\nAmicii Bucovinei",
        "legal_form": "asociatie",
    },
    "registration": {
        "cui": f"RO {CUI}",
        "national_register_number": "123/A/2020",
        "court_register_number": "45",
        "court_register_date": "2020-05-04",
        "court": "Judecătoria Iași",
    },
    "seat": {"county": "IS", "locality": "iasi", "uat": ""},
    "activity": {"level": "judetean", "counties": []},
    "domains": {"domains": ["mediu", "animale"], "summary": "Plantăm\r\nși curățăm."},
    "beneficiaries": {"beneficiaries": ["copii"], "goals": ["13"]},
    "contacts": {
        "email": "Contact@Prietenii.example.org",
        "phone": "0232 123 456",
        "phone_public": "on",
        "website": "www.prietenii.example.org",
        "website_public": "on",
        "address": "Strada Lăpușneanu 1",
    },
    "coordinator": {"name": "Ana Pop", "email": "", "phone": "", "is_public": "on"},
    "figures": {
        "year": "2025",
        "volunteers_18-30_f": "1.200",
        "volunteers_65+_m": "0",
        "hours_mediu": "340",
        "employees": "3",
        "keeps_contracts": "da",
    },
    "consent": {"agree": "on", "version": "1"},
}


def territory() -> None:
    """Iași with its municipality, a commune, two towns of like names; words to choose from."""
    county = CountyFactory(code="IS")
    UatFactory(county=county, name="Iași", type="municipiu", code="95060")
    UatFactory(county=county, name="Miroslava", code="97571")
    UatFactory(county=county, name="Valea Lupului", code="95088")
    UatFactory(county=county, name="Valea Seacă", code="99762")
    environment = DomainFactory(code="mediu")
    DomainFactory(code="animale", parent=environment)
    DomainFactory(code="sanatate")
    BeneficiaryGroupFactory(code="copii")
    SustainableGoalFactory(code="13")


def answers(**changes: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """All answers, with the changed fields of the named steps."""
    whole = deepcopy(ANSWERS)
    for step, fields in changes.items():
        whole[step] = {**whole[step], **fields}
    return whole


def draft(applicant: Any = None, **changes: dict[str, Any]) -> Submission:
    """An enrolment with every answer, not lodged yet."""
    return Submission.objects.create(
        kind=SubmissionKind.ENROLMENT, applicant=applicant or UserFactory(), answers=answers(**changes)
    )


def lodged(applicant: Any = None, **changes: dict[str, Any]) -> Submission:
    """The same, lodged by its applicant."""
    submission = draft(applicant, **changes)
    return lodge_submission(submission=submission, actor=submission.applicant)
