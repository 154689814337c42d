"""An organisation that documents name is claimed, then enrolled by its own people."""

from threading import Thread

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from core.messaging.models import Message
from core.workflow import TransitionRefusedError
from organisations.choices import NameKind, RegisterStatus, SubmissionKind
from organisations.models import Organisation, Submission
from organisations.selectors.own import state_sentence, waiting_sentences
from organisations.selectors.own_history import history_of
from organisations.services.answers import answers_of
from organisations.services.enrolment import lodge_submission, missing, withdraw_submission
from organisations.services.identity import lodge_change
from organisations.services.moderation import change_standing, decide_submission, first_due
from organisations.services.own_enrolment import enrol_record
from organisations.services.reviewing import review
from tests.factories.accounts import UserFactory, sign_in, staff_client
from tests.factories.organisations import DomainFactory, MembershipFactory, OrganisationFactory
from tests.organisations.enrolment.world import ANSWERS, territory
from tests.organisations.moderation.requests import REASON, a_claim

STEPS = ("identity", "registration", "seat", "consent")


@pytest.fixture
def record(db, settings, tmp_path):
    """As the documents of 2021 made it: a name and a county, a domain, contacts of its own."""
    settings.MEDIA_ROOT = tmp_path
    territory()
    record = OrganisationFactory(
        recorded=True, in_county="IS", legal_name="Prietenii Bucovinei 2021", legal_form="", slug="prietenii"
    )
    record.domains.add(DomainFactory(code="inchis", is_active=False), DomainFactory(code="sport"))
    for value in ("vechi@prietenii.example.org", "al-doilea@prietenii.example.org"):
        record.contacts.create(kind="email", value=value)
    record.logo.save("sigla.png", ContentFile(b"png"))
    return record


@pytest.fixture
def manager(record):
    """Came by a claim."""
    claim = a_claim(record, UserFactory(full_name="Maria Manager"))
    decide_submission(submission=claim, step="accept", actor=editor())
    return claim.applicant


def editor():
    return UserFactory(roles=["editor"])


def lodged(record, manager):
    asked, _new = enrol_record(organisation=record, actor=manager)
    asked.answers = {**asked.answers, **{step: ANSWERS[step] for step in STEPS}}
    asked.answers["activity"] = ANSWERS["activity"]
    asked.save()
    return lodge_submission(submission=asked, actor=manager)


def public_page(record):
    page = Client().get(reverse("organisations:detail", args=[record.slug]))
    assert page.status_code == 200
    return page.content.decode()


def test_claimed_enrolled_and_listed(record, manager):
    browser = sign_in(Client(), manager)
    own = reverse("organisations:own", args=[record.slug])
    assert "Înscrieți organizația în evidență" in browser.get(own).content.decode()
    begun = browser.post(reverse("organisations:own_enrol", args=[record.slug]))
    asked = Submission.objects.get(kind=SubmissionKind.ENROLMENT)
    assert begun.headers["Location"] == reverse(
        "organisations:submission_step", args=[asked.pk, "identitate"]
    )
    assert asked.answers["identity"]["legal_name"] == "Prietenii Bucovinei 2021"
    assert asked.answers["domains"]["domains"] == ["sport"]
    assert asked.answers["contacts"]["email"] == "vechi@prietenii.example.org"
    assert "figures" not in asked.answers
    assert [each.field for each in missing(asked) if each.step == "consent"] == ["agree"]
    assert asked.logo.read() == b"png"
    page = browser.get(own).content.decode()
    assert "Continuați înscrierea" in page
    assert "înscrierea este începută" in page

    before = public_page(record)
    asked = lodged(record, manager)
    record.refresh_from_db()
    assert (asked.status, record.register_status, record.legal_form) == ("lodged", "recorded", "")
    assert public_page(record) == before
    assert "așteaptă echipa evidenței" in state_sentence(record)
    # What its people save meanwhile is not brought back.
    contacts = {"email": "nou@prietenii.example.org", "email_public": "on"}
    browser.post(reverse("organisations:own_section", args=[record.slug, "contacte"]), contacts)

    staff = staff_client("editor")
    seen = staff.get(f"/admin/organisations/submission/{asked.pk}/change/").content.decode()
    assert "Prietenii Bucovinei 2021" in seen
    asked.refresh_from_db()
    [column] = review(asked)["columns"]
    assert column["kind"] == "record"
    differing = {
        section.label for section in review(asked)["sections"] for row in section.rows if row.differs
    }
    assert len(differing) == 4
    decide_submission(submission=asked, step="accept", actor=editor())

    record.refresh_from_db()
    assert (record.register_status, record.legal_name) == ("listed", ANSWERS["identity"]["legal_name"])
    assert (record.cui, record.seat.name, record.slug) == ("18547290", "Iași", "prietenii")
    assert record.names.get(kind=NameKind.HISTORIC).name == "Prietenii Bucovinei 2021"
    assert set(record.domains.values_list("code", flat=True)) == {"inchis", "sport"}
    assert list(record.contacts.order_by("pk").values_list("value", flat=True)) == [
        "nou@prietenii.example.org",
        "al-doilea@prietenii.example.org",
    ]
    assert record.logo.read() == b"png"
    assert record.reconfirmations.get().due_on == first_due()
    assert record.memberships.get().user == manager
    [letter] = Message.objects.filter(kind="organisations.enrolment_accepted")
    assert (letter.to, "Prietenii Bucovinei 2021" in letter.text) == (manager.email, True)
    assert "Înscrieți organizația" not in browser.get(own).content.decode()


def test_a_refusal_leaves_the_record_as_it_was(record, manager):
    asked = lodged(record, manager)
    before = public_page(record)
    with pytest.raises(TransitionRefusedError, match="asupra cererii"):
        change_standing(organisation=record, step="list", actor=editor())
    with pytest.raises(ValidationError, match="este în curs"):
        lodge_change(organisation=record, answers=answers_of(record), note="", actor=manager)
    decide_submission(submission=asked, step="return", actor=editor(), reason=REASON)
    [(sentence, url), *_rest] = waiting_sentences(record, manager, first_due())
    assert ("returnată" in sentence, url) == (True, asked.get_absolute_url())
    assert "v-a fost returnată" in state_sentence(record)
    assert public_page(record) == before

    asked = lodged(record, manager)
    decide_submission(submission=asked, step="reject", actor=editor(), reason=REASON)
    record.refresh_from_db()
    assert (record.register_status, public_page(record)) == (RegisterStatus.RECORDED, before)
    told = [entry.headline for entry in history_of(record)]
    assert "Înscrierea a fost returnată" in told
    assert "Înscrierea nu a fost acceptată" in told
    again = lodged(record, manager)
    assert again.pk != asked.pk
    withdraw_submission(submission=again, actor=manager)
    record.refresh_from_db()
    assert (record.register_status, record.cui) == (RegisterStatus.RECORDED, "")


def test_code_of_another_record_and_a_record_decided_meanwhile_are_refused(record, manager):
    other = OrganisationFactory(cui="18547290", in_county="IS")
    with pytest.raises(TransitionRefusedError, match="CUI"):
        lodged(record, manager)
    other.delete()
    Organisation.objects.filter(pk=record.pk).update(cui="18547290")
    asked, _new = enrol_record(organisation=record, actor=manager)
    Organisation.objects.filter(pk=record.pk).update(register_status=RegisterStatus.SUSPENDED)
    with pytest.raises(ValidationError):
        enrol_record(organisation=record, actor=manager)
    Submission.objects.filter(pk=asked.pk).update(answers={**ANSWERS})
    with pytest.raises(TransitionRefusedError, match="între timp"):
        lodge_submission(submission=asked, actor=manager)
    Organisation.objects.filter(pk=record.pk).update(register_status=RegisterStatus.RECORDED)
    assert lodge_submission(submission=asked, actor=manager).status == "lodged"


def test_any_manager_continues_and_whoever_left_does_not(record, manager):
    asked, _new = enrol_record(organisation=record, actor=manager)
    colleague = MembershipFactory(organisation=record, user=UserFactory(), role="manager").user
    assert enrol_record(organisation=record, actor=colleague) == (asked, False)
    assert sign_in(Client(), colleague).get(asked.get_absolute_url()).status_code == 200
    record.memberships.filter(user=manager).update(role="member")
    browser = sign_in(Client(), manager)
    assert browser.get(asked.get_absolute_url()).status_code == 404
    assert browser.post(reverse("organisations:own_enrol", args=[record.slug])).status_code == 403
    assert not manager.has_perm("organisations.lodge_submission", asked)
    taken, _new = enrol_record(organisation=record, actor=colleague)
    assert taken.applicant == colleague
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.create(kind=SubmissionKind.ENROLMENT, organisation=record, applicant=manager)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_begin_one():
    record = OrganisationFactory(recorded=True)
    people = [
        MembershipFactory(organisation=record, user=UserFactory(), role="manager").user
        for _number in range(2)
    ]
    begun = []

    def press(person):
        begun.append(enrol_record(organisation=record, actor=person))
        connection.close()

    presses = [Thread(target=press, args=[person]) for person in people]
    for each in presses:
        each.start()
    for each in presses:
        each.join(20)
    assert sorted(is_new for _asked, is_new in begun) == [False, True]
    assert begun[0][0] == begun[1][0]


def test_whoever_answers_for_a_branch_without_a_code_reads_what_to_do(record, manager):
    Organisation.objects.filter(pk=record.pk).update(kind="branch")
    page = sign_in(Client(), manager).get(reverse("organisations:own", args=[record.slug]))
    assert "Se poate înscrie separat numai cu un CUI propriu." in page.text
