"""The calendar entry by mail, read by a strict reader of its own: the right hour, one person, no way in."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.messaging.models import Message
from meetings.exports import calendar_event
from meetings.invites import calendar_attachment
from meetings.links import registration_path
from meetings.models import BUCHAREST
from meetings.services.planning import MeetingChange, cancel_meeting, change_meeting
from meetings.services.registration import RegistrationEntry, register_again, register_participant, withdraw
from tests.factories.meetings import RegistrationFactory
from tests.factories.videoconferences import VideoconferenceFactory
from tests.meetings.registering import open_videoconference

pytestmark = pytest.mark.django_db
TEXT = ("SUMMARY", "DESCRIPTION", "LOCATION")


def read(content: bytes) -> dict[str, str]:
    """RFC 5545 to the letter: CRLF, 75 octets a line, folding, escapes; values by name, parameters with a "?"."""
    assert content.endswith(b"\r\n")
    lines = content.split(b"\r\n")[:-1]
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in lines)
    unfolded: list[bytes] = []
    for line in lines:
        if line.startswith((b" ", b"\t")):
            unfolded[-1] += line[1:]
        else:
            unfolded.append(line)
    found: dict[str, str] = {}
    for line in (raw.decode("utf-8") for raw in unfolded):
        # The first colon outside double quotes parts name and parameters from the value.
        head, value = re.fullmatch(r'((?:[^":]|"[^"]*")*):(.*)', line, re.DOTALL).groups()
        name, _, parameters = head.partition(";")
        assert name.replace("-", "").isalnum()
        if name in ("BEGIN", "END"):
            found[name] = f"{found.get(name, '')} {value}".strip()
            continue
        assert name not in found, f"{name} twice"
        if name in TEXT:
            value = value.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\")
        found[name] = value
        found[f"{name}?"] = parameters
    assert found["BEGIN"] == "VCALENDAR VEVENT"
    return found


def local(stamp: str) -> datetime:
    return (
        datetime.strptime(stamp, "%Y%m%dT%H%M%SZ")
        .replace(tzinfo=UTC)
        .astimezone(ZoneInfo("Europe/Bucharest"))
    )


@pytest.mark.parametrize("day", [(2027, 1, 20), (2027, 7, 21), (2027, 3, 28), (2027, 10, 31)])
def test_it_opens_at_the_right_local_hour(day):
    start = datetime(*day, 10, 0, tzinfo=BUCHAREST)
    conference = VideoconferenceFactory(
        meeting__on_date=start.date(), meeting__starts_at=start, meeting__ends_at=start + timedelta(hours=2)
    )
    registration = RegistrationFactory(meeting=conference.meeting, name='Ana "Ani";Pop:\r\nX-RAU:1, ț\u202e')
    attachment = calendar_attachment(meeting=conference.meeting, registration=registration, method="REQUEST")
    entry = read(attachment.content)

    assert (local(entry["DTSTART"]).hour, local(entry["DTEND"]).hour) == (10, 12)
    assert local(entry["DTSTART"]).date() == start.date()
    assert attachment.content_type == "text/calendar; method=REQUEST; charset=utf-8"
    assert (entry["METHOD"], entry["STATUS"], entry["SEQUENCE"]) == ("REQUEST", "CONFIRMED", "0")
    assert entry["ATTENDEE"] == f"mailto:{registration.email}"
    assert "X-RAU" not in entry
    assert entry["ORGANIZER"] == "mailto:portal@example.org"
    assert registration_path(registration) in entry["DESCRIPTION"]
    assert conference.meeting.join_url not in attachment.content.decode()
    public = calendar_event(conference.meeting, host="localhost", summary="x", description="", address="x")
    assert entry["UID"] == str(public["uid"])


def entries_of(address: str) -> list[dict[str, str]]:
    return [
        read(bytes(message.attachments.get().content))
        for message in Message.objects.filter(to=address, attachments__isnull=False).order_by("pk")
    ]


def test_every_message_is_newer_than_the_one_before():
    """Place, new hour, withdrawn, back, cancelled: one UID, SEQUENCE never lower, and higher where METHOD changes."""
    meeting = open_videoconference().meeting
    said = RegistrationEntry(name="Ana", email="ana@exemplu.invalid", participant_type="ong", level="local")
    registration = register_participant(meeting=meeting, entry=said, address_is_known=True)
    change = MeetingChange.of(meeting)
    later = type(change)(**{**vars(change), "starts_at": meeting.starts_at + timedelta(hours=2)})
    change_meeting(meeting=meeting, change=later, actor=None)
    registration.refresh_from_db()
    register_again(registration=withdraw(registration=registration))
    cancel_meeting(meeting=meeting, actor=None, reason="Probă")

    entries = entries_of("ana@exemplu.invalid")
    assert [entry["METHOD"] for entry in entries] == ["REQUEST", "REQUEST", "CANCEL", "REQUEST", "CANCEL"]
    assert len({entry["UID"] for entry in entries}) == 1
    versions = [int(entry["SEQUENCE"]) for entry in entries]
    assert versions == sorted(set(versions))
    assert [local(entry["DTSTART"]).hour for entry in entries[:2]] == [10, 12]
    assert entries[-1]["STATUS"] == "CANCELLED"
