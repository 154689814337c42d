"""Lodging: what the record gets, what is refused in words, and that nothing half-made stays."""

import pytest
from django.core import mail

from core.messaging.models import Message
from core.workflow import TransitionRefusedError
from organisations.choices import RegisterStatus, SubmissionStatus
from organisations.models import Organisation, Submission
from organisations.questions import answers_for_reading, read_answers
from organisations.services.enrolment import SameRecordError, lodge_submission, missing, withdraw_submission
from tests.factories.accounts import UserFactory
from tests.factories.organisations import OrganisationFactory
from tests.organisations.enrolment.world import CUI, OTHER_CUI, draft, lodged, territory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _territory(db):
    territory()


def test_lodging_makes_a_whole_record_that_nobody_sees_yet():
    submission = lodged()
    record = Organisation.objects.get()
    assert (submission.status, record.register_status) == (SubmissionStatus.LODGED, RegisterStatus.SUBMITTED)
    assert (record.cui, record.slug, record.seat.name, record.county.code) == (
        CUI,
        "prietenii-bucovinei",
        "Iași",
        "IS",
    )
    assert [county.code for county in record.activity_counties.all()] == ["IS"]
    assert {domain.code for domain in record.domains.all()} == {"mediu", "animale"}
    assert {contact.kind: (contact.value, contact.is_public) for contact in record.contacts.all()} == {
        "email": ("contact@prietenii.example.org", False),
        "phone": ("+40232123456", True),
        "website": ("https://www.prietenii.example.org", True),
        "address": ("Strada Lăpușneanu 1", False),
    }
    assert record.coordinator.name == "Ana Pop"
    assert {name.name for name in record.names.all()} == {"Prietenii din Iași", "Amicii Bucovinei"}
    figures = record.figures.get(year=2025)
    assert (figures.employees, figures.keeps_contracts, figures.keeps_register) == (3, True, None)
    assert {(row.age_group, row.sex, row.count) for row in figures.volunteers.all()} == {
        ("18-30", "f", 1200),
        ("65+", "m", 0),
    }
    assert not Organisation.objects.public().exists()
    assert submission.versions.get().answers == submission.answers
    assert submission.consent.text.version == 1
    message = Message.objects.get()
    assert submission.reference in message.subject
    assert mail.outbox == []
