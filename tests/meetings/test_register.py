"""The public form of registration: who gets what, what is refused, and what nobody may learn from it."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from core.accounts.models import Consent
from core.messaging.models import Message
from meetings.choices import MeetingStatus, RegistrationStatus, Sector
from meetings.forms import public_registration
from meetings.links import registration_path
from meetings.models import Meeting, Registration
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.organisations import OrganisationFactory
from tests.factories.territory import CountyFactory, UatFactory
from tests.meetings.registering import address_of, open_videoconference, opened, register, typed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def county(db):
    return CountyFactory(code="BV", name="Brașov")


def test_a_visitor_registers_confirms_and_finds_the_link(client):
    conference = open_videoconference(capacity=2)
    page = client.get(address_of(conference))
    assert page.status_code == 200
    assert not page.cookies
    assert "of 2" in page.text or "din 2" in page.text

    # First what was typed is shown, and nothing is kept.
    check = client.post(address_of(conference), typed(actiune="verifica", name="  Ana\r\n Pop "))
    assert check.status_code == 200
    assert not Registration.objects.exists()
    assert "Ana Pop" in check.text
    hidden = dict(re.findall(r'name="(\w+)" value="([^"]*)"', check.text))
    sent = client.post(address_of(conference), {**hidden, "actiune": "trimite"})
    receipt = client.get(sent.url)
    assert receipt.status_code == 200

    registration = Registration.objects.get()
    assert (registration.name, registration.sector) == ("Ana Pop", Sector.NGO)
    assert registration.status == RegistrationStatus.CONFIRMED
    assert (
        timezone.now() + timedelta(hours=47) < registration.held_until <= timezone.now() + timedelta(hours=48)
    )
    consent = Consent.objects.get()
    assert (consent.email, consent.object_id, consent.text.version) == (
        registration.email,
        str(registration.pk),
        1,
    )
    # The receipt does not lead into the registration: whoever typed the address may be another.
    assert registration.key.hex not in receipt.text
    own = registration_path(registration)
    assert own in Message.objects.get().text
    assert not Message.objects.get().attachments.exists()
    before = client.get(own)
    assert conference.meeting.join_url not in before.text
    registration.refresh_from_db()
    assert registration.address_confirmed_at is None  # reading a page confirms nothing

    after = client.post(f"{own}confirmare/", follow=True)
    assert conference.meeting.join_url in after.text
    mail = Message.objects.get(key=f"meetings.place:{registration.pk}")
    assert conference.meeting.join_url not in mail.text
    assert mail.attachments.get().content_type.startswith("text/calendar; method=REQUEST")
    client.post(f"{own}confirmare/")
    assert Message.objects.count() == 2
    assert not client.cookies


def test_a_known_address_learns_nothing_but_gets_a_mail(client):
    conference = open_videoconference(capacity=5)
    first = register(conference)
    pages = []
    for email in ("ana@exemplu.invalid", "noua@exemplu.invalid", "ANA@exemplu.invalid"):
        response = client.post(address_of(conference), typed(email=email, name="Altcineva"), follow=True)
        pages.append(re.sub(r"/primita/[^/\"]+", "", response.text))
    assert pages[0] == pages[1] == pages[2]
    assert Registration.objects.count() == 2
    first.refresh_from_db()
    assert first.name == "Ana Pop"
    assert Message.objects.filter(to="ana@exemplu.invalid", kind="meetings.already_registered").count() == 1
    assert Consent.objects.count() == 2
    # A mail that anybody can have sent to anybody carries no words of theirs.
    assert not Message.objects.filter(text__contains="Altcineva").exists()


def test_the_waiting_list_is_told_before_and_after(client):
    conference = open_videoconference(capacity=1)
    register(conference, email="intai@exemplu.invalid")
    assert "lista de așteptare" in client.get(address_of(conference)).text
    second = register(conference)
    assert second.status == RegistrationStatus.WAITING
    assert second.held_until is not None
    client.post(registration_path(second) + "confirmare/")
    second.refresh_from_db()
    assert (second.status, second.held_until) == (RegistrationStatus.WAITING, None)
    own = client.get(registration_path(second)).text
    assert conference.meeting.join_url not in own
    assert client.get(registration_path(second) + "invitatie.ics").status_code == 404


WINDOWS = {
    "draft": ({"status": MeetingStatus.DRAFT}, 404),
    "cancelled": ({"status": MeetingStatus.CANCELLED}, 409),
    "postponed": ({"status": MeetingStatus.POSTPONED}, 409),
    "not-here": ({"takes_registrations": False}, 409),
    "not-yet": ({"registration_opens_at": timedelta(hours=1)}, 409),
    "closed": ({"registration_closes_at": timedelta(hours=-1)}, 409),
    "begun": ({"starts_at": timedelta(seconds=-1)}, 409),
    "open": (
        {"registration_opens_at": timedelta(hours=-1), "registration_closes_at": timedelta(hours=1)},
        302,
    ),
}


def test_registration_is_open_from_publication_until_it_begins(client):
    conference = open_videoconference()
    wrong = []
    for name, (fields, expected) in WINDOWS.items():
        plain = {
            "status": MeetingStatus.SCHEDULED,
            "takes_registrations": True,
            "registration_opens_at": None,
            "registration_closes_at": None,
            "on_date": conference.meeting.on_date,
            "starts_at": conference.meeting.starts_at,
        }
        for key, value in fields.items():
            plain[key] = timezone.now() + value if isinstance(value, timedelta) else value
        if name == "begun":
            plain["on_date"] = timezone.localdate(plain["starts_at"])
        Meeting.objects.filter(pk=conference.meeting_id).update(**plain)
        asked = client.get(address_of(conference)).status_code
        sent = client.post(address_of(conference), typed()).status_code
        if (asked, sent) != (404 if expected == 404 else 200, expected):
            wrong.append((name, asked, sent))
    assert not wrong
    assert Registration.objects.count() == 1


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client):
    conference = open_videoconference()
    address = address_of(conference)
    long = "Ș" * 5000
    hostile = {
        "name": [long, "\x00", "\u202e\u200f", " "],
        "email": ["nu-e-adresa", "a@b.ro\r\nBcc: x@y.ro", f"{'a' * 300}@b.ro"],
        "participant_type": ["nimic", "\x00"],
        "level": ["", "galactic"],
        "county": ["", "ZZ", "\x00"],
        "locality": ["Nicăieri", "\x00", long],
        "themes_proposed": [long],
        "language": ["xx"],
        "consent": [""],
        "words": ["7", "\x00"],
    }
    for field, values in hostile.items():
        for value in values:
            answers = typed(**{field: value})
            if field == "consent":
                del answers["consent"]
            response = client.post(address, answers)
            assert response.status_code == 422, (field, value[:20])
            assert "Ana Pop" in response.text or field == "name"
            if value == long:
                assert long in response.text
    assert not Registration.objects.exists()

    odd = register(conference, name="=HYPERLINK(1)\r\nBEGIN:VEVENT\u202e", email="b@exemplu.invalid")
    assert odd.name == "=HYPERLINK(1) BEGIN:VEVENT"
    client.post(registration_path(odd) + "confirmare/")
    mail = Message.objects.get(key=f"meetings.place:{odd.pk}")
    invitation = bytes(mail.attachments.get().content).decode()
    assert invitation.count("BEGIN:VEVENT\r\n") == 1
    assert "HYPERLINK" not in mail.text + mail.subject


def test_the_sector_is_asked_only_where_the_type_leaves_it_open(client):
    conference = open_videoconference()
    assert client.post(address_of(conference), typed(participant_type="alt-actor")).status_code == 422
    told = register(conference, participant_type="alt-actor", sector="public", email="a@exemplu.invalid")
    assert told.sector == Sector.PUBLIC
    derived = register(conference, participant_type="apl", sector="ong", email="b@exemplu.invalid")
    assert derived.sector == Sector.PUBLIC
    check = client.post(address_of(conference), typed(participant_type="apl", actiune="verifica"))
    assert str(Sector.PUBLIC.label) in check.text


def test_organisation_and_locality_are_found_by_name(client, county):
    conference = open_videoconference()
    found = OrganisationFactory(legal_name="Asociația Salvează Carpații", slug="salveaza", county=county)
    hidden_one = OrganisationFactory(
        legal_name="Asociația Salvează Carpații Doi", slug="doi", register_status="rejected"
    )
    uat = UatFactory(name="Râșnov", county=county)
    answers = {"organisation_name": "asociatia salveaza carpatii", "locality": "rasnov"}
    check = client.post(address_of(conference), typed(actiune="verifica", **answers))
    assert f'value="{found.pk}"' in check.text
    assert f'name="organisation" value="{hidden_one.pk}"' not in check.text
    chosen = register(conference, organisation=str(found.pk), **answers)
    assert (chosen.organisation, chosen.uat, chosen.county) == (found, uat, county)
    # A choice that does not fit the name is none, and a name that is in no registry stays as typed.
    for number, (name, pk) in enumerate(
        [
            ("Altceva cu totul", found.pk),
            ("Salvează Carpații", hidden_one.pk),
            ("Salvează Carpații", "9" * 15),
        ]
    ):
        other = register(
            conference, organisation_name=name, organisation=str(pk), email=f"{number}@exemplu.invalid"
        )
        assert (other.organisation, other.organisation_name) == (None, name)


def test_limits_are_those_of_a_town_hall(client, monkeypatch):
    monkeypatch.setattr(public_registration.RegistrationForm, "sent_per_hour", 12)
    monkeypatch.setattr(public_registration, "OF_ONE_ADDRESS_A_DAY", 3)
    conference = open_videoconference()
    codes = [client.post(address_of(conference), typed()).status_code for _each in range(4)]
    assert codes == [302, 302, 302, 429]
    for number in range(8):
        register(conference, email=f"{number}@exemplu.invalid")
    refused = client.post(address_of(conference), typed(email="inca@exemplu.invalid"))
    assert refused.status_code == 429
    assert "Ana Pop" in refused.text
    # Looking at the check costs nothing.
    assert client.post(address_of(conference), typed(actiune="verifica")).status_code == 200
    assert client.post(address_of(conference), typed(opened=opened(0))).status_code == 422


def test_whoever_is_signed_in_registers_at_once_and_only_from_our_page(client):
    conference = open_videoconference()
    user = UserFactory(email="eu@exemplu.invalid", full_name="Eu Însumi")
    sign_in(client, user)
    strict = sign_in(Client(enforce_csrf_checks=True), user)
    assert strict.post(address_of(conference), typed()).status_code == 403
    assert (
        Client().post(address_of(conference), typed(), headers={"origin": "https://rau.example"}).status_code
        == 403
    )
    page = client.get(address_of(conference))
    assert "csrfmiddlewaretoken" in page.text
    assert "Eu Însumi" in page.text
    assert 'name="email"' not in page.text

    response = client.post(address_of(conference), typed(email="alta@exemplu.invalid"), follow=True)
    registration = Registration.objects.get()
    assert (registration.user, registration.email) == (user, user.email)
    assert registration.address_confirmed_at is not None
    assert registration_path(registration) in response.text
    mine = client.get("/cont/inscrieri/")
    assert registration_path(registration) in mine.text
    assert Consent.objects.get().user == user
    assert (
        registration_path(registration) not in sign_in(Client(), UserFactory()).get("/cont/inscrieri/").text
    )

    # What was sent without signing in waits in the own area of whoever has that address.
    Registration.objects.update(address_confirmed_at=None, held_until=timezone.now() + timedelta(hours=3))
    assert registration_path(registration) in client.get("/cont/").text


def test_the_page_of_the_videoconference_leads_to_it(client):
    conference = open_videoconference(capacity=3)
    page = conference.get_absolute_url()
    assert f'href="{address_of(conference)}"' in client.get(page).text
    Meeting.objects.update(registration_opens_at=timezone.now() + timedelta(days=1))
    assert f'href="{address_of(conference)}"' not in client.get(page).text
    Meeting.objects.update(status=MeetingStatus.HELD)
    assert "inscriere" not in client.get(page).text
