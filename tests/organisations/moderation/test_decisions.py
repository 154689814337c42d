"""Decisions: what follows each of them, who is told, who may, and that two at once are one."""

from datetime import date
from threading import Thread

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from core.accounts.choices import GRANTED_ROLES, Role
from core.messaging.models import Message
from core.models import StateChange
from core.workflow import TransitionRefusedError, history
from organisations.choices import RegisterStatus, SubmissionKind
from organisations.choices import SubmissionStatus as S
from organisations.models import Membership, Organisation, RecordReport, Submission
from organisations.services import moderation
from organisations.services.enrolment import lodge_submission
from organisations.services.moderation import change_standing, decide_submission, first_due
from organisations.services.reconfirmation import open_reconfirmation
from organisations.workflow import REPORT_WORKFLOW, SUBMISSION_WORKFLOW
from tests.factories.accounts import UserFactory, staff_client
from tests.factories.organisations import MembershipFactory, OrganisationFactory
from tests.organisations.moderation.requests import REASON, a_change, a_claim, an_enrolment

pytestmark = pytest.mark.django_db


def editor():
    return UserFactory(roles=[Role.EDITOR])


def told(kind: str) -> list[Message]:
    return list(Message.objects.filter(kind=f"organisations.{kind}"))


def test_accepted_enrolment_is_listed_asked_again_in_a_year_and_has_a_manager():
    request = an_enrolment()
    person = editor()
    decided = decide_submission(submission=request, step="accept", actor=person)

    record = decided.organisation
    assert (decided.status, decided.decided_by, record.register_status) == (S.ACCEPTED, person, "listed")
    assert record.reconfirmations.get().due_on == first_due()
    assert Membership.objects.get(organisation=record).user == request.applicant
    [message] = told("enrolment_accepted")
    assert (message.to, message.user) == (request.applicant.email, request.applicant)
    assert record.get_absolute_url() in message.text
    assert history(request).first().actor == person


def test_returned_enrolment_can_be_lodged_and_returned_again():
    request = an_enrolment()
    decide_submission(submission=request, step="return", actor=editor(), reason=REASON)
    request.refresh_from_db()
    assert (request.status, request.reason, request.decided_at) == (S.RETURNED, REASON, None)
    assert request.organisation.register_status == RegisterStatus.DRAFT
    lodge_submission(submission=request, actor=request.applicant)
    decide_submission(submission=request, step="return", actor=editor(), reason="Mai este ceva.")

    texts = [message.text for message in told("submission_returned")]
    assert len(texts) == 2
    assert REASON in texts[0] or REASON in texts[1]
    assert all(f"/{request.pk}/" in text for text in texts)


def test_refused_enrolment_gives_its_code_free():
    request = an_enrolment()
    decide_submission(submission=request, step="reject", actor=editor(), reason=REASON)

    assert Organisation.objects.get().register_status == RegisterStatus.REJECTED
    assert [REASON in message.text for message in told("submission_rejected")] == [True]


def test_accepted_claim_makes_a_manager_and_nothing_else():
    record = OrganisationFactory(recorded=True, in_county="CJ")
    person = UserFactory()
    MembershipFactory(organisation=record, user=person, role="member")
    claim = a_claim(record, UserFactory(language="en"))
    decide_submission(submission=claim, step="accept", actor=editor())

    record.refresh_from_db()
    assert record.register_status == RegisterStatus.RECORDED
    assert {each.user_id: each.role for each in record.memberships.all()} == {
        person.pk: "member",
        claim.applicant_id: "manager",
    }
    [message] = told("claim_accepted")
    assert message.language == "en"
    assert "/en/cont/" in message.text


def test_claim_of_a_record_that_is_not_public_is_refused_without_its_name():
    record = OrganisationFactory(
        register_status=RegisterStatus.SUBMITTED, legal_name="Asociația Ascunsă", cui="18547290"
    )
    decide_submission(submission=a_claim(record), step="reject", actor=editor(), reason=REASON)

    [message] = told("submission_rejected")
    assert "Ascunsă" not in message.subject + message.text


def test_accepted_change_is_written_and_the_former_name_stays():
    change = a_change(legal_name="Asociația Prietenii Moldovei")
    decide_submission(submission=change, step="accept", actor=editor())

    record = Organisation.objects.get()
    assert record.legal_name == "Asociația Prietenii Moldovei"
    assert record.names.get(kind="historic").name == "Asociația Prietenii Bucovinei din Iași"
    assert len(told("change_accepted")) == 1


def test_change_that_cannot_be_written_leaves_everything_as_it_was(monkeypatch):
    change = a_change(legal_name="Alt nume")

    def refuse(**kwargs):
        raise ValidationError("CUI-ul este al altei organizații.")

    monkeypatch.setattr(moderation, "apply_answers", refuse)
    with pytest.raises(TransitionRefusedError, match="al altei organizații"):
        decide_submission(submission=change, step="accept", actor=editor())
    change.refresh_from_db()
    assert change.status == S.LODGED
    assert told("change_accepted") == []


def test_what_listing_lacks_stops_the_decision_whole():
    request = an_enrolment()
    Organisation.objects.update(county=None, seat=None)
    with pytest.raises(TransitionRefusedError, match="județul"):
        decide_submission(submission=request, step="accept", actor=editor())
    request.refresh_from_db()
    assert request.status == S.LODGED
    assert not Membership.objects.exists()


def test_nobody_decides_about_their_own_request():
    claim = a_claim(applicant=editor())
    with pytest.raises(TransitionRefusedError, match="un coleg"):
        decide_submission(submission=claim, step="accept", actor=claim.applicant)


def test_when_the_account_is_gone_the_people_of_the_organisation_are_told():
    change = a_change(legal_name="Alt nume")
    other = MembershipFactory(organisation=change.organisation, user=UserFactory()).user
    type(change.applicant).objects.filter(pk=change.applicant_id).update(is_active=False)
    change.refresh_from_db()
    decide_submission(submission=change, step="reject", actor=editor(), reason=REASON)

    assert [message.user for message in told("submission_rejected")] == [other]


@pytest.mark.parametrize("kind", SubmissionKind)
def test_every_state_against_every_step(kind):
    """Only the table's steps are possible, and only from their states."""
    record = OrganisationFactory(register_status=RegisterStatus.SUBMITTED, in_county="IS")
    decided = timezone.now()
    for state in S:
        for name, step in SUBMISSION_WORKFLOW.transitions.items():
            request = Submission.objects.create(
                kind=kind,
                status=state,
                organisation=record,
                lodged_at=decided,
                decided_at=decided if state in (S.ACCEPTED, S.REJECTED) else None,
            )
            if state in step.sources:
                done = SUBMISSION_WORKFLOW.perform(request, name, actor=None, reason=REASON)
                assert done.status == step.target, (state, name)
            else:
                with pytest.raises(TransitionRefusedError):
                    SUBMISSION_WORKFLOW.perform(request, name, actor=None, reason=REASON)
            request.delete()


def test_every_state_of_a_report_against_every_step():
    record = OrganisationFactory()
    for state in ("new", "resolved", "dismissed"):
        for name, step in REPORT_WORKFLOW.transitions.items():
            report = RecordReport.objects.create(
                organisation=record,
                reason="wrong",
                message="x",
                language="ro",
                status=state,
                handled_at=None if state == "new" else timezone.now(),
            )
            if state == "new":
                assert REPORT_WORKFLOW.perform(report, name, actor=None, reason="x").status == step.target
            else:
                with pytest.raises(TransitionRefusedError):
                    REPORT_WORKFLOW.perform(report, name, actor=None, reason="x")


@pytest.mark.parametrize("role", sorted(GRANTED_ROLES))
def test_only_the_editorial_team_decides(role):
    may = role in (Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER, Role.EDITOR)
    person = UserFactory(roles=[role])
    for step in moderation.DECISIONS:
        claim = a_claim(applicant=UserFactory())
        if may:
            decide_submission(submission=claim, step=step, actor=person, reason=REASON)
        else:
            with pytest.raises(TransitionRefusedError):
                decide_submission(submission=claim, step=step, actor=person, reason=REASON)
    assert Message.objects.filter(kind__startswith="organisations.submission").count() == (2 if may else 0)


@pytest.mark.parametrize(
    ("state", "step", "kind"),
    [
        ("recorded", "list", "listed"),
        ("suspended", "restore", "restored"),
        ("listed", "suspend", "suspended"),
        ("listed", "withdraw", "withdrawn"),
        ("listed", "strike-off", "struck_off"),
    ],
)
def test_people_of_an_organisation_are_told_where_it_stands(state, step, kind):
    record = OrganisationFactory(register_status=state, in_county="BV")
    people = [MembershipFactory(organisation=record, user=UserFactory()).user for _number in range(2)]
    MembershipFactory(organisation=record, user=UserFactory(is_active=False))
    change_standing(organisation=record, step=step, actor=editor(), reason=REASON)

    messages = told(kind)
    assert {message.user for message in messages} == set(people)
    assert all((REASON in message.text) == (step not in ("list", "restore")) for message in messages)
    assert record.reconfirmations.count() == (1 if step in ("list", "restore") else 0)


def test_record_of_a_waiting_enrolment_is_not_decided_apart():
    request = an_enrolment()
    with pytest.raises(TransitionRefusedError, match="asupra cererii"):
        change_standing(organisation=request.organisation, step="list", actor=editor())


def test_confirmation_a_year_after_29_february(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args, **kwargs: date(2028, 2, 29))
    assert first_due() == date(2029, 2, 28)


@pytest.mark.django_db(transaction=True)
def test_of_two_decisions_at_once_one_is_made_and_one_message_leaves():
    claim = a_claim()
    clients = [staff_client(Role.EDITOR), staff_client(Role.EDITOR)]
    address = f"/admin/organisations/submission/{claim.pk}/step/reject/"
    texts = ["Nu reiese cine sunteți.", "Trimiteți o împuternicire."]
    seals = [
        client.post(address, {"reason": text}).context["seal"]
        for client, text in zip(clients, texts, strict=True)
    ]
    pages = {}

    def press(number):
        pages[number] = clients[number].post(address, {"reason": texts[number], "seen": seals[number]})
        connection.close()

    presses = [Thread(target=press, args=[number]) for number in range(2)]
    for one in presses:
        one.start()
    for one in presses:
        one.join()

    assert sorted(page.status_code for page in pages.values()) == [200, 302]
    refused = next(number for number, page in pages.items() if page.status_code == 200)
    assert "Pasul nu s-a făcut. Nu s-a schimbat nimic." in pages[refused].text
    assert texts[refused] in pages[refused].text
    kind = ContentType.objects.get_for_model(Submission)
    decisions = StateChange.objects.filter(content_type=kind, transition="reject")
    assert [step.reason for step in decisions] == [texts[1 - refused]]
    assert len(told("submission_rejected")) == 1


def test_day_of_the_next_confirmation_is_shown_as_it_will_be():
    record = OrganisationFactory(register_status="listed", in_county="BV")
    MembershipFactory(organisation=record, user=UserFactory())
    open_reconfirmation(organisation=record, due_on=date(2030, 3, 5))
    change_standing(organisation=record, step="suspend", actor=editor(), reason=REASON)
    address = f"/admin/organisations/organisation/{record.pk}/step/restore/"
    client = staff_client(Role.EDITOR)
    seen = client.post(address, {"reason": ""})
    client.post(address, {"reason": "", "seen": seen.context["seal"]})

    [message] = told("restored")
    assert "5 martie 2030" in message.text
    assert message.text == seen.context["mails"][0].text
    assert record.reconfirmations.get().due_on == date(2030, 3, 5)


def test_message_about_a_new_name_leaves_as_it_was_shown():
    change = a_change(public_name="Prietenii Moldovei")
    address = f"/admin/organisations/submission/{change.pk}/step/accept/"
    client = staff_client(Role.EDITOR)
    seen = client.post(address, {"reason": "Verificat."})
    client.post(address, {"reason": "Verificat.", "seen": seen.context["seal"]})

    [message] = told("change_accepted")
    [mail] = seen.context["mails"]
    assert (message.subject, message.text) == (mail.subject, mail.text)
    assert "Verificat" not in message.text
    assert Organisation.objects.get().public_name == "Prietenii Moldovei"
