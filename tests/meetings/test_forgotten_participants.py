"""People go from gatherings, figures stay: by erasure, by time, by taking the consent back."""

import json
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from core.accounts.models import Consent
from core.accounts.services.consents import withdraw_consent
from core.accounts.services.erasure import ask_erasure, erase_due
from core.messaging.models import Message
from meetings.choices import LineStatus, Platform, PresenceSource, Reply
from meetings.models import (
    BUCHAREST,
    Attendance,
    AttendanceImport,
    AttendanceLine,
    InvitationRound,
    Invitee,
    Meeting,
    Question,
    Registration,
)
from meetings.personal_data import invitations, presence, questions, registrations
from meetings.services.forgetting import FORGOTTEN, NOWHERE, forget_old
from meetings.services.registration import RegistrationEntry, register_participant
from tests.factories.accounts import UserFactory
from tests.factories.meetings import RegistrationFactory
from tests.meetings.registering import open_videoconference, statuses
from tests.privacy.test_forgotten import columns_holding

pytestmark = pytest.mark.django_db
EMAIL, NAME = "ilinca.zagreanu@exemplu.invalid", "Ilinca Zăgreanu"


def took_part(meeting: Meeting, **fields: object) -> Registration:
    """Registered, was there by the report, asked something, had been invited."""
    registration = RegistrationFactory(meeting=meeting, name=NAME, email=EMAIL, **fields)
    Attendance.objects.create(registration=registration, source=PresenceSource.REPORT)
    report = AttendanceImport.objects.create(
        meeting=meeting, platform=Platform.ZOOM, file_name="z.csv", digest=str(meeting.pk)
    )
    AttendanceLine.objects.create(
        report=report, number=1, name=NAME, email=EMAIL, outcome=LineStatus.MATCHED, registration=registration
    )
    AttendanceLine.objects.create(
        report=report, number=2, name=NAME, email=EMAIL.upper(), outcome=LineStatus.UNKNOWN
    )
    Question.objects.create(meeting=meeting, registration=registration, text=f"Sunt {NAME}. Când?")
    round_ = InvitationRound.objects.create(meeting=meeting, words=f"Vă așteaptă {NAME}.")
    Invitee.objects.create(
        round=round_, meeting=meeting, name="Primăria Exemplu", email=EMAIL, registration=registration
    )
    return registration


def test_an_erased_person_leaves_figures_only():
    user = UserFactory(email=EMAIL, full_name=NAME)
    coming = open_videoconference(capacity=1).meeting
    past = open_videoconference(days=-20).meeting
    said = RegistrationEntry(name=NAME, email=EMAIL, participant_type="ong", level="local")
    register_participant(meeting=coming, entry=said, user=user, address_is_known=True)
    waits = RegistrationFactory(meeting=coming, waiting=True)
    was = took_part(past, organisation_name=f"PFA {NAME}")
    other = RegistrationFactory(meeting=past, name="Ioana Zăgreanu", email=f"x{EMAIL}")

    shown = json.dumps([str(each(user)) for each in (registrations, questions, presence, invitations)])
    assert shown.count(NAME.encode("ascii", "backslashreplace").decode()) or NAME in json.loads(shown)[0]
    assert all(each(user) for each in (registrations, questions, presence, invitations))
    assert not any(each(UserFactory()) for each in (registrations, questions, presence, invitations))

    erasure = ask_erasure(user=user)
    assert erase_due(now=erasure.due_at) == 1
    # The other address holds this one's letters and is nobody's but its owner's.
    Registration.objects.filter(pk=other.pk).update(email="alta@exemplu.invalid")
    assert columns_holding(EMAIL, NAME) == []
    was.refresh_from_db()
    assert (was.name, was.status, was.participant_type, was.organisation_name) == (
        FORGOTTEN,
        "confirmed",
        "ong",
        "",
    )
    assert was.email.endswith(NOWHERE)
    assert hasattr(was, "attendance")
    assert statuses(coming) == ["cancelled", "confirmed"]
    assert Message.objects.filter(to=waits.email, kind="meetings.moved_up").count() == 1
    # Counted as one person still.
    mine = Registration.objects.filter(name=FORGOTTEN)
    assert mine.count() == 2
    assert mine.values("email").distinct().count() == 1
    assert Invitee.objects.get().name == "Primăria Exemplu"
    other.refresh_from_db()
    assert other.name == "Ioana Zăgreanu"


def test_names_go_at_the_end_of_the_second_year():
    first, last = (open_videoconference(days=-1).meeting for _each in range(2))
    Meeting.objects.filter(pk=first.pk).update(on_date=date(2021, 1, 5), starts_at=None)
    Meeting.objects.filter(pk=last.pk).update(on_date=date(2021, 12, 31), starts_at=None)
    rows = [took_part(first), RegistrationFactory(meeting=last, name=NAME, email=EMAIL)]
    assert forget_old(now=datetime(2023, 12, 31, 23, 59, tzinfo=BUCHAREST)) == 0
    assert forget_old(now=datetime(2024, 1, 1, 0, 1, tzinfo=BUCHAREST)) == 2
    assert forget_old(now=datetime(2024, 1, 1, 0, 1, tzinfo=BUCHAREST)) == 0
    for row in rows:
        row.refresh_from_db()
    assert rows[0].email == rows[1].email
    assert rows[0].name == FORGOTTEN
    assert not AttendanceLine.objects.exclude(name=FORGOTTEN).exists()
    assert Invitee.objects.get().reply == Reply.NONE
    assert columns_holding(EMAIL) == []


def test_taking_the_consent_back_withdraws_before_and_forgets_after():
    meeting = open_videoconference().meeting
    said = RegistrationEntry(name=NAME, email=EMAIL, participant_type="ong", level="local")
    registration = register_participant(meeting=meeting, entry=said)
    consent = Consent.objects.get()
    withdraw_consent(consent=consent)
    registration.refresh_from_db()
    assert (registration.status, registration.name) == ("cancelled", NAME)

    Consent.objects.update(withdrawn_at=None)
    Registration.objects.update(status="confirmed", ended_at=None)
    Meeting.objects.update(starts_at=timezone.now() - timedelta(hours=1), on_date=timezone.localdate())
    withdraw_consent(consent=consent)
    registration.refresh_from_db()
    assert (registration.status, registration.name) == ("confirmed", FORGOTTEN)
    assert Consent.objects.get().email == ""
