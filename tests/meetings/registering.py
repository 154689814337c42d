"""What tests of registration share: an open videoconference, the form as a person sends it."""

from datetime import datetime, timedelta
from typing import Any

from django.core import signing
from django.test import Client
from django.utils import timezone

from meetings.forms.public_registration import RegistrationForm
from meetings.models import BUCHAREST, Meeting, Registration
from tests.factories.videoconferences import VideoconferenceFactory
from videoconferences.models import Videoconference


def open_videoconference(*, days: int = 9, **fields: Any) -> Videoconference:
    """One that begins in so many days, at 10 in Bucharest."""
    day = timezone.localdate(timezone=BUCHAREST) + timedelta(days=days)
    start = datetime(day.year, day.month, day.day, 10, tzinfo=BUCHAREST)
    meeting = {f"meeting__{name}": value for name, value in fields.items()}
    return VideoconferenceFactory(meeting__on_date=day, meeting__starts_at=start, **meeting)


def address_of(videoconference: Videoconference) -> str:
    return f"/videoconferinte/{videoconference.edition.year}/{videoconference.number}/inscriere/"


def opened(seconds_ago: int = 60) -> str:
    """The hidden time of a page that was opened then."""
    signer = RegistrationForm._signer()
    signer.timestamp = lambda: signing.b62_encode(int(timezone.now().timestamp()) - seconds_ago)
    return signer.sign("opened")


def typed(**changes: str) -> dict[str, str]:
    """What a person sends after the check."""
    answers = {
        "name": "Ana Pop",
        "email": "ana@exemplu.invalid",
        "participant_type": "ong",
        "level": "local",
        "organisation_name": "",
        "county": "BV",
        "locality": "",
        "themes_proposed": "",
        "language": "ro",
        "consent": "on",
        "words": "1",
        "site": "",
        "opened": opened(),
        "actiune": "trimite",
    }
    return {**answers, **changes}


def register(videoconference: Videoconference, **changes: str) -> Registration:
    """By the form, as a visitor; the newest row of the address."""
    answers = typed(**changes)
    response = Client().post(address_of(videoconference), answers)
    assert response.status_code == 302, response.status_code
    return Registration.objects.filter(email=answers["email"].lower()).latest("pk")


def statuses(meeting: Meeting) -> list[str]:
    """Every registration's state, in order of arrival."""
    return list(meeting.registrations.order_by("pk").values_list("status", flat=True))
