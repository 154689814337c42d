"""Places, waiting list, updates: nobody is thrown out, who waits moves up and is told once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.messaging.models import Message
from core.workflow import TransitionRefusedError, history
from meetings.choices import (
    MeetingStatus,
    ParticipantLevel,
    ParticipantType,
    RegistrationSource,
    RegistrationStatus,
)
from meetings.links import registration_from, registration_path, registration_token, registration_url
from meetings.models import Meeting, Registration
from meetings.services import updates
from meetings.services.holding import release_held
from meetings.services.planning import (
    MeetingChange,
    cancel_meeting,
    change_meeting,
    postpone_meeting,
    publish_meeting,
)
from meetings.services.registration import (
    RegistrationClosedError,
    RegistrationEntry,
    change_registration,
    confirm_address,
    fill_places,
    register_participant,
    withdraw,
)
from meetings.services.updates import tell_registrants, write_updates
from tests.factories.meetings import RegistrationFactory
from tests.meetings.registering import open_videoconference, statuses

pytestmark = pytest.mark.django_db
HAS, WAITS, LEFT, LAPSED = "confirmed", "waiting", "cancelled", "lapsed"


def entry(number: int = 1, **fields: object) -> RegistrationEntry:
    said = {
        "name": f"Om {number}",
        "email": f"om{number}@exemplu.invalid",
        "participant_type": ParticipantType.NGO,
        "level": ParticipantLevel.LOCAL,
    }
    return RegistrationEntry(**{**said, **fields})


def changed(meeting: Meeting, **fields: object) -> None:
    change = MeetingChange.of(meeting)
    change_meeting(meeting=meeting, change=type(change)(**{**vars(change), **fields}), actor=None)


def kinds(registration: Registration) -> list[str]:
    found = Message.objects.filter(to=registration.email).order_by("pk").values_list("kind", flat=True)
    return [kind.removeprefix("meetings.") for kind in found]


def test_order_of_arrival_and_the_first_who_waits_moves_up():
    meeting = open_videoconference(capacity=2).meeting
    rows = [register_participant(meeting=meeting, entry=entry(n), address_is_known=True) for n in range(5)]
    assert statuses(meeting) == [HAS, HAS, WAITS, WAITS, WAITS]

    withdraw(registration=rows[0])
    withdraw(registration=rows[0])
    assert statuses(meeting) == [LEFT, HAS, HAS, WAITS, WAITS]
    assert kinds(rows[0]) == ["place", "withdrawn"]
    assert kinds(rows[2]) == ["waiting", "moved_up"]
    # Whoever waits and leaves frees no place.
    withdraw(registration=rows[3])
    assert statuses(meeting) == [LEFT, HAS, HAS, LEFT, WAITS]
    # Whoever comes back is the last.
    again = register_participant(meeting=meeting, entry=entry(0), address_is_known=True)
    assert again.pk > rows[4].pk
    assert again.status == WAITS
    assert [step.transition for step in history(rows[2])] == ["move_up", "register"]
    fill_places(meeting=meeting)
    assert Message.objects.filter(kind="meetings.moved_up").count() == 1


def test_more_places_move_the_list_up_and_fewer_throw_nobody_out():
    meeting = open_videoconference(capacity=1).meeting
    for number in range(4):
        register_participant(meeting=meeting, entry=entry(number), address_is_known=True)
    changed(meeting, capacity=3)
    assert statuses(meeting) == [HAS, HAS, HAS, WAITS]
    changed(meeting, capacity=1)
    assert statuses(meeting) == [HAS, HAS, HAS, WAITS]
    withdraw(registration=Registration.objects.first())
    assert statuses(meeting) == [LEFT, HAS, HAS, WAITS]
    changed(meeting, capacity=None)
    assert statuses(meeting) == [LEFT, HAS, HAS, HAS]
    assert Message.objects.filter(kind="meetings.moved_up").count() == 3


def test_what_nobody_confirms_lapses_and_goes_to_who_waits():
    meeting = open_videoconference(days=1, capacity=1).meeting
    held = register_participant(meeting=meeting, entry=entry(1))
    waits = register_participant(meeting=meeting, entry=entry(2))
    known = register_participant(meeting=meeting, entry=entry(3), address_is_known=True)
    assert held.held_until == meeting.starts_at  # 48 hours, never past the beginning
    assert waits.held_until is not None
    assert release_held(now=held.held_until - timedelta(seconds=1)) == 0
    assert release_held(now=held.held_until) == 2
    assert release_held(now=held.held_until) == 0
    assert statuses(meeting) == [LAPSED, LAPSED, HAS]
    assert (kinds(held), kinds(waits), kinds(known)) == (
        ["held", "lapsed"],
        ["waiting_held", "lapsed"],
        ["waiting", "moved_up"],
    )
    with pytest.raises(RegistrationClosedError):
        confirm_address(registration=held)

    # A place that becomes free for somebody who has not confirmed is kept anew.
    later = open_videoconference(capacity=1).meeting
    first = register_participant(meeting=later, entry=entry(7), address_is_known=True)
    second = register_participant(meeting=later, entry=entry(8))
    Registration.objects.filter(pk=second.pk).update(held_until=timezone.now() + timedelta(hours=1))
    withdraw(registration=first)
    second.refresh_from_db()
    assert second.status == RegistrationStatus.CONFIRMED
    assert second.held_until > timezone.now() + timedelta(hours=47)
    assert kinds(second) == ["waiting_held", "moved_up_held"]


def test_who_comes_without_registering_and_who_is_of_the_team(django_user_model):
    meeting = open_videoconference(capacity=1).meeting
    register_participant(meeting=meeting, entry=entry(1), address_is_known=True)
    Meeting.objects.update(takes_registrations=False)
    came = register_participant(meeting=meeting, entry=entry(2), source=RegistrationSource.ON_THE_DAY)
    assert (came.status, came.held_until, kinds(came)) == (HAS, None, [])
    put = register_participant(meeting=meeting, entry=entry(3), source=RegistrationSource.TEAM)
    assert (put.status, put.held_until) == (WAITS, None)
    with pytest.raises(RegistrationClosedError):
        register_participant(meeting=meeting, entry=entry(4))


def test_a_change_keeps_the_place_and_the_address():
    meeting = open_videoconference(capacity=1).meeting
    mine = register_participant(meeting=meeting, entry=entry(1))
    change_registration(registration=mine, entry=entry(9, name="Alt Nume", participant_type="apl"))
    mine.refresh_from_db()
    assert (mine.name, mine.email, mine.sector, mine.status) == (
        "Alt Nume",
        "om1@exemplu.invalid",
        "public",
        HAS,
    )
    Meeting.objects.update(starts_at=timezone.now(), on_date=timezone.localdate())
    for refused in (
        lambda: change_registration(registration=mine, entry=entry(1)),
        lambda: withdraw(registration=mine),
    ):
        with pytest.raises((RegistrationClosedError, TransitionRefusedError)):
            refused()


def test_moves_and_states_reach_everybody_once(monkeypatch):
    meeting = open_videoconference(capacity=1).meeting
    has = register_participant(meeting=meeting, entry=entry(1), address_is_known=True)
    waits = register_participant(meeting=meeting, entry=entry(2), address_is_known=True)
    unknown = RegistrationFactory(meeting=meeting, address_confirmed_at=None)
    gone = RegistrationFactory(meeting=meeting, ended=True)

    changed(meeting, starts_at=meeting.starts_at + timedelta(hours=1))
    postpone_meeting(meeting=meeting, actor=None, reason="Probă")
    with pytest.raises(RegistrationClosedError):
        register_participant(meeting=meeting, entry=entry(3))
    publish_meeting(meeting=meeting, actor=None)
    cancel_meeting(meeting=meeting, actor=None, reason="Probă")
    write_updates()
    assert kinds(has) == ["place", "changed", "postponed", "changed", "cancelled"]
    assert kinds(waits) == ["waiting", "changed", "postponed", "changed", "cancelled"]
    assert kinds(unknown) == ["changed", "postponed", "changed", "cancelled"]
    assert kinds(gone) == []
    # The entry of who has a place follows; who waits, or did not confirm, has none.
    methods = [
        message.attachments.get().content_type.split("method=")[1].split(";")[0]
        for message in Message.objects.filter(to=has.email).order_by("pk")
    ]
    assert methods == ["REQUEST", "REQUEST", "CANCEL", "REQUEST", "CANCEL"]
    assert not Message.objects.exclude(to=has.email).filter(attachments__isnull=False).exists()


def test_many_are_told_by_the_worker_and_a_broker_that_is_away_loses_nothing(monkeypatch):
    monkeypatch.setattr(updates, "WRITTEN_AT_ONCE", 2)
    monkeypatch.setattr(updates, "BATCH", 3)
    sent = []
    monkeypatch.setattr(updates, "enqueue", lambda *args: sent.append(args))
    meeting = open_videoconference().meeting
    RegistrationFactory.create_batch(7, meeting=meeting)
    Meeting.objects.filter(pk=meeting.pk).update(sequence=4)
    meeting.refresh_from_db()
    tell_registrants(meeting=meeting, change="changed")
    assert sent == [("meetings.write_updates", meeting.pk)]
    assert not Message.objects.exists()
    assert (write_updates(), write_updates()) == (7, 0)
    assert Message.objects.filter(kind="meetings.changed").count() == 7
    # A new title is no news, though the entry has a new version.
    changed(meeting, title="Alt titlu")
    assert write_updates() == 0


def test_the_signed_page_is_the_persons_alone(client):
    meeting = open_videoconference().meeting
    mine, other = RegistrationFactory.create_batch(2, meeting=meeting)
    token = registration_token(mine)
    assert registration_from(token) == mine
    for wrong in (token[:-1], other.key.hex + token[32:], mine.key.hex, "x", "\x00", token + "x"):
        assert registration_from(wrong) is None
        assert client.get(f"/inscrieri/{wrong.replace(chr(0), '%00')}/").status_code == 404
    page = client.get(registration_path(mine))
    assert mine.email in page.text
    assert other.email not in page.text
    assert "no-store" in page["Cache-Control"]
    mine.language = "en"
    assert "/en/inscrieri/" in registration_url(mine)

    answers = client.get(registration_path(mine) + "date/").context["form"].initial
    assert client.post(registration_path(mine) + "date/", {**answers, "county": ""}).status_code == 422
    foreign = {"sec-fetch-site": "cross-site"}
    assert client.post(registration_path(mine) + "retragere/", headers=foreign).status_code == 403
    assert client.get(registration_path(mine) + "retragere/").status_code == 200
    mine.refresh_from_db()
    assert mine.is_active
    left = client.post(registration_path(mine) + "retragere/", follow=True)
    assert meeting.join_url not in left.text
    back = client.post(registration_path(mine) + "revenire/", follow=True)
    assert meeting.join_url in back.text
    assert Registration.objects.filter(email=mine.email).count() == 2
    Meeting.objects.update(status=MeetingStatus.CANCELLED)
    assert meeting.join_url not in client.get(back.request["PATH_INFO"]).text
