"""Lodging: what the record gets, what is refused in words, and that nothing half-made stays."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.utils import timezone

from core.accounts.models import ConsentText
from core.messaging.models import Message
from core.workflow import TransitionRefusedError
from organisations.choices import NameKind, RegisterStatus, SubmissionKind, SubmissionStatus
from organisations.models import Organisation, Submission
from organisations.questions import answers_for_reading, read_answers
from organisations.services.answers import answers_of, apply_answers
from organisations.services.enrolment import (
    SameRecordError,
    lodge_submission,
    missing,
    withdraw_submission,
)
from organisations.workflow import ORGANISATION_WORKFLOW, SUBMISSION_WORKFLOW
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


def test_returned_and_lodged_again_changes_the_same_record():
    submission = lodged()
    ORGANISATION_WORKFLOW.perform(submission.organisation, "return", actor=None, reason="Lipsește sigla.")
    returned = SUBMISSION_WORKFLOW.perform(submission, "return", actor=None, reason="Lipsește sigla.")
    returned.answers["identity"]["public_name"] = "Prietenii Moldovei"
    returned.answers["contacts"]["phone"] = ""
    returned.save()
    again = lodge_submission(submission=returned, actor=returned.applicant)
    record = Organisation.objects.get()
    assert (record.public_name, record.register_status) == ("Prietenii Moldovei", RegisterStatus.SUBMITTED)
    assert not record.contacts.filter(kind="phone").exists()
    assert again.lodged_at == submission.lodged_at
    assert [version.number for version in again.versions.all()] == [2, 1]
    assert Message.objects.count() == 2


def test_withdrawing_frees_the_code_and_leaves_what_was_said():
    submission = lodged()
    withdrawn = withdraw_submission(submission=submission, actor=submission.applicant)
    assert withdrawn.status == SubmissionStatus.WITHDRAWN
    assert Organisation.objects.get().register_status == RegisterStatus.REJECTED
    assert lodged().status == SubmissionStatus.LODGED
    with pytest.raises(TransitionRefusedError):
        withdraw_submission(submission=submission, actor=submission.applicant)


def test_nobody_lodges_or_withdraws_for_another():
    submission, other = draft(), UserFactory()
    with pytest.raises(TransitionRefusedError):
        lodge_submission(submission=submission, actor=other)
    assert not Organisation.objects.exists()
    with pytest.raises(TransitionRefusedError):
        withdraw_submission(submission=submission, actor=other)


def test_a_code_that_is_there_is_a_message_and_the_draft_stays():
    record = OrganisationFactory(cui=CUI, in_county="IS")
    submission = draft()
    with pytest.raises(SameRecordError, match="este deja în evidență") as refused:
        lodge_submission(submission=submission, actor=submission.applicant)
    assert refused.value.same.claim_url == f"/organizatii/{record.slug}/revendicare/"
    submission.refresh_from_db()
    assert (submission.status, submission.organisation) == (SubmissionStatus.DRAFT, None)


def test_of_a_waiting_record_only_its_existence_is_told():
    lodged()
    submission = draft()
    with pytest.raises(SameRecordError, match="așteaptă deja o decizie") as refused:
        lodge_submission(submission=submission, actor=submission.applicant)
    same = refused.value.same
    assert (same.name, same.page) == ("", "")
    assert same.claim_url == f"/organizatii/inscriere/{submission.pk}/revendicare/"


def test_missing_names_each_answer_with_its_page():
    empty = Submission.objects.create(kind=SubmissionKind.ENROLMENT, applicant=UserFactory())
    found = {(each.step, each.field): each.url for each in missing(empty)}
    assert set(found) == {
        ("identity", "legal_name"),
        ("identity", "legal_form"),
        ("registration", "cui"),
        ("seat", "county"),
        ("seat", "locality"),
        ("activity", "level"),
        ("domains", "domains"),
        ("contacts", "email"),
        ("consent", "agree"),
    }
    assert found["seat", "county"] == f"/organizatii/inscriere/{empty.pk}/sediu/"
    with pytest.raises(TransitionRefusedError, match="nu este încă întreagă"):
        lodge_submission(submission=empty, actor=empty.applicant)


def test_only_a_confirmed_address_lodges_and_ten_a_day():
    submission = draft()
    EmailAddress.objects.update(verified=False)
    with pytest.raises(TransitionRefusedError, match="Confirmați mai întâi"):
        lodge_submission(submission=submission, actor=submission.applicant)
    EmailAddress.objects.update(verified=True)
    for _time in range(10):
        lodge_submission(submission=submission, actor=submission.applicant)
        SUBMISSION_WORKFLOW.perform(submission, "return", actor=None, reason="Încă o dată.")
    with pytest.raises(TransitionRefusedError, match="10 cereri într-o zi"):
        lodge_submission(submission=submission, actor=submission.applicant)


def test_new_words_of_the_declaration_ask_again():
    submission = draft()
    assert missing(submission) == []
    ConsentText.objects.create(purpose="organisation-enrolment", version=2, text="Alte cuvinte")
    (asked,) = missing(submission)
    assert (asked.step, asked.field) == ("consent", "version")
    assert ConsentText.objects.get(version=2).valid_from <= timezone.now()


def test_an_informal_group_needs_no_code():
    lodged(identity={"legal_form": "grup-informal"}, registration={"cui": ""})
    lodged(identity={"legal_form": "grup-informal"}, registration={"cui": ""})
    assert sorted(Organisation.objects.values_list("slug", flat=True)) == [
        "prietenii-bucovinei",
        "prietenii-bucovinei-is",
    ]


def test_a_change_begins_with_what_is_known_and_keeps_the_former_name():
    record = lodged().organisation
    change = Submission.objects.create(
        kind=SubmissionKind.CHANGE, organisation=record, applicant=UserFactory(), answers=answers_of(record)
    )
    assert missing(change) == []
    assert read_answers(change.answers, kind=change.kind).cleaned["registration"]["cui"] == CUI
    change.answers["identity"]["legal_name"] = "Asociația Prietenii Moldovei"
    change.answers["registration"]["cui"] = OTHER_CUI
    apply_answers(submission=change)
    record.refresh_from_db()
    assert (record.legal_name, record.cui) == ("Asociația Prietenii Moldovei", OTHER_CUI)
    assert record.names.get(kind=NameKind.HISTORIC).name == "Asociația Prietenii Bucovinei din Iași"
    assert record.contacts.count() == 4


def test_answers_are_read_out_in_words():
    read = dict(answers_for_reading(draft().answers, language="ro"))
    assert ("Forma juridică", "Asociație") in read["Identitate"]
    assert read["Sediu"] == [("Sediu", "municipiul Iași, județul Iași")]
    assert ("Telefon", "0232 123 456 (vizibil tuturor)") in read["Contacte"]
    assert dict(read["Cifre"])["Voluntari"] == "1.200"
    assert dict(answers_for_reading(draft().answers, language="en"))["Seat"][0][0] == "Seat"
