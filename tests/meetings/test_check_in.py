"""Checking in by the short link, and questions of participants."""

from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from core.accounts.choices import Role
from core.accounts.models import Consent
from meetings.choices import MeetingStatus, QuestionStatus, RegistrationSource, RegistrationStatus
from meetings.doorcode import door_code
from meetings.forms.day import CheckInForm, OnTheDayForm
from meetings.links import registration_path
from meetings.models import Attendance, Meeting, Question, Registration
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.meetings import RegistrationFactory
from tests.factories.videoconferences import VideoconferenceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    start = timezone.now() - timedelta(minutes=10)
    return VideoconferenceFactory(
        meeting__on_date=timezone.localdate(start), meeting__starts_at=start
    ).meeting


def sent(form, **answers: str) -> dict[str, str]:
    signer = form._signer()
    signer.timestamp = lambda: signing.b62_encode(int(timezone.now().timestamp()) - 60)
    return {"opened": signer.sign("opened"), "site": "", **answers}


def present() -> set[str]:
    return set(Attendance.objects.values_list("registration__name", flat=True))


def test_the_link_writes_down_presence_and_tells_nobody_who_is_registered(client, meeting):
    RegistrationFactory(meeting=meeting, name="Ana", email="ana@exemplu.invalid")
    held = RegistrationFactory(
        meeting=meeting,
        name="Ion",
        email="ion@exemplu.invalid",
        address_confirmed_at=None,
        held_until=timezone.now(),
    )
    address = f"/prezenta/{door_code(meeting)}/"
    assert client.get(address.upper().replace("PREZENTA", "prezenta")).status_code == 200
    answers = [
        client.post(address, sent(CheckInForm, email=email), follow=True).text
        for email in ("ANA@exemplu.invalid", "ion@exemplu.invalid", "nimeni@exemplu.invalid")
    ]
    assert answers[0] == answers[1] == answers[2]
    assert present() == {"Ana", "Ion"}
    held.refresh_from_db()
    assert held.held_until is None
    assert client.post(address, sent(CheckInForm, email="x")).status_code == 422
    assert client.post(address, {**sent(CheckInForm, email="a@b.ro"), "site": "spam"}).status_code == 422
    assert client.post(address, {}, headers={"origin": "https://rau.example"}).status_code == 403
    for wrong in (f"{meeting.pk}-aaaaaaaa", "x", f"{meeting.pk}", "9" * 30 + "-a", "1-\x00"):
        assert client.get(f"/prezenta/{wrong}/").status_code == 404
    assert not client.cookies


def test_who_did_not_register_says_who_they_are(client, meeting):
    address = f"/prezenta/{door_code(meeting)}/fara-inscriere/"
    said = {
        "name": "Mia",
        "email": "mia@exemplu.invalid",
        "participant_type": "ong",
        "level": "local",
        "county": "",
        "consent": "on",
        "words": "1",
    }
    assert client.get(address).status_code == 200
    assert client.post(address, sent(OnTheDayForm, **{**said, "name": ""})).status_code == 422
    for _twice in range(2):
        assert client.post(address, sent(OnTheDayForm, **said)).status_code == 302
    mia = Registration.objects.get()
    assert (mia.source, mia.status) == (RegistrationSource.ON_THE_DAY, RegistrationStatus.CONFIRMED)
    assert present() == {"Mia"}
    assert Consent.objects.get().object_id == str(mia.pk)
    Meeting.objects.update(takes_registrations=False)
    assert client.get(address).status_code == 404


def test_the_door_is_open_from_half_an_hour_before_to_half_an_hour_after(client, meeting):
    registration = RegistrationFactory(meeting=meeting)
    address, now = f"/prezenta/{door_code(meeting)}/", timezone.now()
    cases = {
        (31, 60): False,
        (29, 60): True,
        (-60, -29): True,
        (-60, -31): False,
    }
    for (begins, ends), is_open in cases.items():
        start, end = now + timedelta(minutes=begins), now + timedelta(minutes=ends)
        Meeting.objects.update(on_date=timezone.localdate(start), starts_at=start, ends_at=end)
        asked = client.get(address)
        assert ('name="email"' in asked.text) is is_open, (begins, ends)
        answer = client.post(address, sent(CheckInForm, email=registration.email))
        assert answer.status_code == (302 if is_open else 409)
        client.post(registration_path(registration, "meetings:check_in_own"))
        assert bool(present()) is is_open
        Attendance.objects.all().delete()
    for status in (MeetingStatus.CANCELLED, MeetingStatus.POSTPONED):
        Meeting.objects.update(status=status)
        assert 'name="email"' not in client.get(address).text
    Meeting.objects.update(status=MeetingStatus.DRAFT)
    assert client.get(address).status_code == 404


def test_one_press_for_those_who_are_known(client, meeting):
    user = UserFactory(email="eu@exemplu.invalid")
    mine = RegistrationFactory(meeting=meeting, name="Eu", email="eu@exemplu.invalid", user=user)
    own = registration_path(mine)
    assert registration_path(mine, "meetings:check_in_own") in client.get(own).text
    sign_in(client, user)
    address = f"/prezenta/{door_code(meeting)}/"
    assert 'name="eu"' in client.get(address).text
    strict = sign_in(Client(enforce_csrf_checks=True), user)
    assert strict.post(address, {"eu": "1"}).status_code == 403
    assert client.post(address, {"eu": "1"}).status_code == 302
    assert present() == {"Eu"}
    assert registration_path(mine, "meetings:check_in_own") not in client.get(own).text


def test_questions_are_shown_by_the_team_without_names(client, meeting):
    asker = RegistrationFactory(meeting=meeting, name="Curioasa Ana")
    reader = RegistrationFactory(meeting=meeting)
    waiting = RegistrationFactory(meeting=meeting, waiting=True)
    address = registration_path(asker, "meetings:own_questions")
    for _twice in range(2):
        assert client.post(address, {"text": " Când?\x00<b> "}).status_code in (302, 422)
        client.post(address, {"text": "Când <b>începem?"})
    assert client.post(address, {"text": "x" * 1001}).status_code == 422
    assert (
        client.post(registration_path(waiting, "meetings:own_questions"), {"text": "Eu?"}).status_code == 422
    )
    question = Question.objects.get(text="Când <b>începem?")
    theirs = registration_path(reader, "meetings:own_questions")
    assert "începem" not in client.get(theirs).text
    team = sign_in(Client(), UserFactory(roles=[Role.EDITOR]))
    page = f"/intalniri/{meeting.pk}/intrebari/"
    assert "Curioasa Ana" in team.get(page).text
    for step, status in (
        ("show", QuestionStatus.SHOWN),
        ("answer", QuestionStatus.ANSWERED),
        ("hide", QuestionStatus.HIDDEN),
    ):
        assert team.post(f"{page}{question.pk}/{step}/").status_code == 302
        question.refresh_from_db()
        assert question.status == status
        seen = client.get(theirs, headers={"hx-request": "true"}).text
        assert ("începem" in seen) is (status != QuestionStatus.HIDDEN)
        assert "Curioasa" not in seen
        assert "<b>" not in seen
    team.post(f"{page}{question.pk}/answer/")
    assert team.post(f"{page}{question.pk}/explode/").status_code == 404
    assert sign_in(Client(), UserFactory()).post(f"{page}{question.pk}/show/").status_code == 404
    for number in range(12):
        last = client.post(address, {"text": f"Întrebarea {number}"})
    assert last.status_code == 422
    Meeting.objects.update(status=MeetingStatus.HELD)
    assert client.post(address, {"text": "Târziu"}).status_code == 422
