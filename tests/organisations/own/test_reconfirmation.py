"""The yearly confirmation: asked, reminded once a stage, overdue, suspended, brought back; from dates alone."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from core.accounts.choices import Role
from core.messaging.models import Message
from core.models import StateChange
from core.workflow import history
from organisations.choices import ReconfirmationStatus as R
from organisations.choices import RegisterStatus as S
from organisations.models import Membership, Organisation, Reconfirmation
from organisations.selectors.reconfirmation import with_nobody_to_ask
from organisations.services import reconfirmation as service
from organisations.workflow import ORGANISATION_WORKFLOW
from tests.factories.accounts import UserFactory, staff_client
from tests.factories.organisations import MembershipFactory, OrganisationFactory

TODAY = timezone.localdate()


def run(day=0):
    """The daily run, twice: the second changes nothing."""
    service.advance_reconfirmations(today=TODAY + timedelta(days=day))
    before = (Message.objects.count(), StateChange.objects.count(), Reconfirmation.objects.count())
    service.advance_reconfirmations(today=TODAY + timedelta(days=day))
    assert (Message.objects.count(), StateChange.objects.count(), Reconfirmation.objects.count()) == before


def asked(own, days):
    """The question of the organisation, due in so many days."""
    due_on = TODAY + timedelta(days=days)
    return service.open_reconfirmation(organisation=own.organisation, due_on=due_on)


def grow_old(question, days):
    """As if the question had been marked overdue so many days ago."""
    StateChange.objects.filter(object_id=str(question.pk), transition="overdue").update(
        at=timezone.now() - timedelta(days=days)
    )


def mails():
    found = Message.objects.filter(kind__startswith="organisations.reconfirmation").order_by("pk")
    return [(mail.kind.rpartition("_")[2], mail.to) for mail in found]


def test_one_question_is_open_at_a_time(own):
    first = asked(own, 100)
    assert asked(own, 5) == first
    service.confirm_record(organisation=own.organisation, actor=own.manager)
    # Not yet to be answered: a press too much changes nothing.
    assert Reconfirmation.objects.get().status == R.OPEN
    Reconfirmation.objects.update(due_on=TODAY + timedelta(days=60))
    page = own.page("own_confirm")
    assert "Confirmăm că datele sunt adevărate" in own.as_manager.get(page).content.decode()
    assert own.as_member.post(page).status_code == 403
    assert own.as_manager.post(page).status_code == 302
    own.as_manager.post(page)
    confirmed, following = Reconfirmation.objects.order_by("pk")
    assert (confirmed.status, confirmed.confirmed_by) == (R.CONFIRMED, own.manager)
    assert (following.status, following.due_on) == (R.OPEN, service.a_year_after(TODAY))
    assert "Confirmăm că" not in own.as_manager.get(page).content.decode()
    assert service.a_year_after(date(2028, 2, 29)) == date(2029, 2, 28)


def test_reminders_leave_once_a_stage_in_each_managers_language(own):
    second = UserFactory(email="second@exemplu.test", language="en")
    MembershipFactory(organisation=own.organisation, user=second, role="manager")
    MembershipFactory(organisation=own.organisation, user=UserFactory(is_active=False), role="manager")
    Reconfirmation.objects.filter(organisation=own.other).delete()
    service.open_reconfirmation(organisation=own.other, due_on=TODAY + timedelta(days=300))
    asked(own, 31)
    run()
    assert mails() == []
    both = [own.manager.email, second.email]
    run(1)
    assert mails() == [("month", to) for to in both]
    run(2)
    run(24)
    assert mails()[2:] == [("week", to) for to in both]
    run(31)
    assert mails()[4:] == [("due", to) for to in both]
    assert Reconfirmation.objects.get(organisation=own.organisation).status == R.OPEN
    texts = dict(Message.objects.filter(kind__endswith="_due").values_list("language", "text"))
    assert own.page("own_confirm") in texts["ro"]
    assert f"/en{own.page('own_confirm')}" in texts["en"]
    run(32)
    assert len(mails()) == 6
    assert Reconfirmation.objects.get(organisation=own.organisation).status == R.OVERDUE


def test_a_run_that_was_killed_goes_on(own, monkeypatch):
    asked(own, 7)
    service.open_reconfirmation(organisation=own.other, due_on=TODAY + timedelta(days=7))
    really, sent = service.emails.send_reminder, []

    def killed(question, person, stage):
        if sent:
            raise KeyboardInterrupt
        sent.append(person)
        really(question, person, stage)

    monkeypatch.setattr(service.emails, "send_reminder", killed)
    with pytest.raises(KeyboardInterrupt):
        service.advance_reconfirmations(today=TODAY)
    assert len(mails()) == 1
    monkeypatch.undo()
    run()
    assert sorted(mails()) == sorted([("week", own.manager.email), ("week", own.stranger.email)])


def test_nobody_confirms_and_then_somebody_does(own):
    question = asked(own, -1)
    run()
    question.refresh_from_db()
    assert question.status == R.OVERDUE
    assert [kind for kind, _to in mails()] == ["due"]
    assert "neconfirmate din" in own.as_stranger.get(own.organisation.get_absolute_url()).content.decode()
    grow_old(question, 59)
    run()
    assert Organisation.objects.get(pk=own.organisation.pk).register_status == S.LISTED
    grow_old(question, 60)
    run()
    organisation = Organisation.objects.get(pk=own.organisation.pk)
    assert organisation.register_status == S.SUSPENDED
    assert history(organisation)[0].actor is None
    assert [kind for kind, _to in mails()] == ["due", "lapsed"]
    assert own.as_stranger.get(organisation.get_absolute_url()).status_code == 404
    seen = own.as_manager.get(own.page("own")).content.decode()
    assert own.page("own_confirm") in seen
    listed_on = organisation.listed_on

    own.as_manager.post(own.page("own_confirm"))
    organisation.refresh_from_db()
    question.refresh_from_db()
    assert (organisation.register_status, organisation.listed_on) == (S.LISTED, listed_on)
    assert question.status == R.CONFIRMED
    following = Reconfirmation.objects.get(organisation=organisation, status=R.OPEN)
    assert following.due_on == service.a_year_after(TODAY)
    run()
    assert len(mails()) == 2


def test_confirming_lifts_no_other_suspension(own):
    asked(own, 10)
    ORGANISATION_WORKFLOW.perform(own.organisation, "suspend", actor=None, reason="Sesizare întemeiată.")
    run()
    assert Reconfirmation.objects.get(organisation=own.organisation).status == R.CANCELLED
    own.as_manager.post(own.page("own_confirm"))
    own.organisation.refresh_from_db()
    assert own.organisation.register_status == S.SUSPENDED
    assert not Reconfirmation.objects.filter(
        status__in=[R.OPEN, R.CONFIRMED], organisation=own.organisation
    ).exists()
    # Entered again by staff, it is asked again.
    ORGANISATION_WORKFLOW.perform(own.organisation, "restore", actor=None)
    run()
    assert Reconfirmation.objects.filter(organisation=own.organisation, status=R.OPEN).count() == 1


def test_a_record_without_people_goes_to_staff_and_stays(own):
    Membership.objects.filter(user=own.manager).delete()
    question = asked(own, -1)
    run()
    grow_old(question, 400)
    run()
    question.refresh_from_db()
    assert question.status == R.OVERDUE
    assert Organisation.objects.get(pk=own.organisation.pk).register_status == S.LISTED
    assert mails() == []
    assert list(with_nobody_to_ask(Reconfirmation.objects.filter(organisation=own.organisation))) == [
        question
    ]


def test_records_listed_long_ago_are_spread_over_a_year(own):
    old = TODAY - timedelta(days=2000)
    for _each in range(4):
        OrganisationFactory(listed_on=old)
    recent = OrganisationFactory(listed_on=TODAY - timedelta(days=100))
    OrganisationFactory(recorded=True)
    run()
    days = list(Reconfirmation.objects.filter(organisation__listed_on=old).values_list("due_on", flat=True))
    assert len(set(days)) == 4
    assert all(timedelta(days=30) < day - TODAY <= timedelta(days=366) for day in days)
    due = Reconfirmation.objects.get(organisation=recent).due_on
    assert due == service.a_year_after(recent.listed_on)
    assert Reconfirmation.objects.count() == Organisation.objects.filter(register_status=S.LISTED).count()
    assert mails() == []


def test_staff_find_whom_no_mail_reaches_and_confirm_what_they_heard(own):
    Membership.objects.filter(user=own.manager).delete()
    question = asked(own, -1)
    run()
    staff = staff_client(Role.PROGRAMME_MANAGER)
    found = staff.get("/admin/organisations/reconfirmation/", {"nimeni": "da"}).content.decode()
    assert "Asociația Mâini Întinse" in found
    assert "Fundația Vecină" not in found
    assert "nu avem pe cine întreba" in staff.get("/admin/").content.decode()
    step = f"/admin/organisations/reconfirmation/{question.pk}/step/confirm/"
    assert staff_client(Role.EDITOR).post(step, {"reason": "Am vorbit."}).status_code == 403
    assert staff.post(step, {"reason": "Am vorbit cu președinta."}).status_code == 302
    question.refresh_from_db()
    assert question.status == R.CONFIRMED
    assert history(question)[0].reason == "Am vorbit cu președinta."
    following = Reconfirmation.objects.get(organisation=own.organisation, status=R.OPEN)
    assert following.due_on == service.a_year_after(TODAY)
