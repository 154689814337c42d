"""A gathering as a calendar entry (RFC 5545), the same for every kind of gathering."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from meetings.choices import MeetingStatus
from meetings.models import Meeting

_STATUS = {
    MeetingStatus.POSTPONED: "TENTATIVE",
    MeetingStatus.CANCELLED: "CANCELLED",
}


def calendar_event(meeting: Meeting, *, host: str, summary: str, description: str, address: str) -> Event:
    """The entry of a meeting: a day when its hours are open, else instants in UTC, right across summer time.

    The UID never changes and SEQUENCE grows with each change of date or state, so that calendars follow. It
    holds no join link, no person's name and no contact.
    """
    event = Event()
    event.add("uid", f"meeting-{meeting.pk}@{host}")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.updated_at.astimezone(UTC))
    event.add("last-modified", meeting.updated_at.astimezone(UTC))
    _add_time(event, meeting.on_date, meeting.starts_at, meeting.ends_at)
    event.add("summary", summary)
    if description:
        event.add("description", description)
    if meeting.place:
        event.add("location", meeting.place)
    event.add("url", address)
    event.add("status", _STATUS.get(MeetingStatus(meeting.status), "CONFIRMED"))
    event.add("transp", "TRANSPARENT" if meeting.starts_at is None else "OPAQUE")
    return event


def day_event(*, uid: str, day: date, changed: datetime, summary: str, address: str) -> Event:
    """An entry of a whole day that is no gathering: a deadline, say."""
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", changed.astimezone(UTC))
    _add_time(event, day, None, None)
    event.add("summary", summary)
    event.add("url", address)
    event.add("transp", "TRANSPARENT")
    return event


def calendar_file(events: Iterable[Event], *, name: str, language: str) -> bytes:
    """A calendar that programs subscribe to: its name, and how often it is worth asking again."""
    calendar = Calendar()
    calendar.add("prodid", "-//Secretariatul General al Guvernului//Promotorii Voluntariatului//RO")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name, parameters={"LANGUAGE": language})
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "Europe/Bucharest")
    calendar.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _add_time(event: Event, day: date, starts_at: datetime | None, ends_at: datetime | None) -> None:
    if starts_at is None:
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        return
    event.add("dtstart", starts_at.astimezone(UTC))
    # Without a known end an hour is shown, so that the entry can be seen in a day's column.
    event.add("dtend", (ends_at or starts_at + timedelta(hours=1)).astimezone(UTC))
