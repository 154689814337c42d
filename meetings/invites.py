"""The calendar entry that one registrant gets by mail (iTIP, RFC 5546)."""

from datetime import UTC
from email.utils import parseaddr
from typing import Final, Literal
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Calendar, vCalAddress

from core.messaging.services.posting import Attachment
from core.text import normalise
from meetings.exports import calendar_event
from meetings.homes import home_of
from meetings.links import registration_url
from meetings.models import Meeting, Registration

Method = Literal["REQUEST", "CANCEL"]
FILE_NAME: Final = "invitatie.ics"


def calendar_attachment(*, meeting: Meeting, registration: Registration, method: Method) -> Attachment:
    """The entry of the meeting for this person alone, in their language: REQUEST puts it in, CANCEL takes it out.

    UID is that of the public feed, hours are in UTC. It names no other person and leads to the person's signed page,
    never to the meeting itself by its join link. SEQUENCE grows with each version of the meeting, and once more when
    the person withdraws or comes back, so that a program never takes the newer message for the older one.
    """
    return Attachment(
        name=FILE_NAME,
        content_type=f"text/calendar; method={method}; charset=utf-8",
        content=calendar_content(meeting=meeting, registration=registration, method=method),
    )


def calendar_content(*, meeting: Meeting, registration: Registration, method: Method) -> bytes:
    with override(registration.language):
        home = home_of(meeting)
        event = calendar_event(
            meeting,
            host=urlsplit(settings.SITE_URL).hostname or "",
            summary=home.heading(meeting) if home else meeting.title,
            description=_description(registration),
            address=f"{settings.SITE_URL}{home.address(meeting)}" if home else settings.SITE_URL,
        )
        if meeting.is_online and not meeting.place:
            event.add("location", _("online"))
    del event["sequence"], event["dtstamp"], event["status"]
    event.add("sequence", meeting.sequence + _turns(registration))
    event.add("dtstamp", timezone.now().astimezone(UTC))
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    event.add("organizer", _organiser())
    event.add("attendee", _attendee(registration), encode=False)
    calendar = Calendar()
    calendar.add("prodid", "-//Secretariatul General al Guvernului//Promotorii Voluntariatului//RO")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _description(registration: Registration) -> str:
    words = _("Your registration: see it, find the link to join, change it or withdraw: %(link)s")
    return words % {"link": registration_url(registration)}


def _turns(registration: Registration) -> int:
    """How often this address came and went before, counted in messages that changed the entry."""
    earlier = Registration.objects.filter(
        meeting=registration.meeting_id, email=registration.email, pk__lt=registration.pk
    ).count()
    return 2 * earlier + (0 if registration.is_active else 1)


def _organiser() -> vCalAddress:
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    organiser = vCalAddress(f"mailto:{address}")
    organiser.params["CN"] = _as_parameter(name or address)
    return organiser


def _attendee(registration: Registration) -> vCalAddress:
    attendee = vCalAddress(f"mailto:{registration.email}")
    attendee.params["CN"] = _as_parameter(registration.name)
    attendee.params["ROLE"] = "REQ-PARTICIPANT"
    attendee.params["PARTSTAT"] = "ACCEPTED"
    attendee.params["RSVP"] = "FALSE"
    return attendee


def _as_parameter(words: str) -> str:
    """RFC 5545, 3.1: a parameter holds no double quote and no line break."""
    return " ".join(normalise(words).replace('"', "'").split())
