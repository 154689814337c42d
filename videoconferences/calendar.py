"""The calendar of an edition as a document: the parts of the official layout, free of the database.

Source: Secretariatul General al Guvernului, "Calendarul activităților", ediția a II-a, 2021: I permanent
activities, II monthly activities (the regional videoconferences), III the closing of the programme. The page,
the PDF and the iCalendar feed are made from one :class:`CalendarDocument`, so that they cannot disagree.

Texts are stored without closing punctuation and in the reader's language; an empty part is left out.
"""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, kw_only=True)
class CalendarActivity:
    """An activity of part I or II; ``due`` is its deadline or day in words, ``deliverable`` what comes of it."""

    text: str
    due: str = ""
    deliverable: str = ""


@dataclass(frozen=True, kw_only=True)
class CalendarRow:
    """One videoconference, a line of the schedule; ``starts_at`` in Bucharest's time, None while it is open.

    ``remark`` says in words that it was cancelled or postponed; ``address`` is its page.
    """

    number: int
    day: date
    regions: tuple[str, ...]
    co_organisers: tuple[str, ...]
    starts_at: datetime | None = None
    remark: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class CalendarClosing:
    """Part III: the event that closes the edition; its day is one thing, the day that it marks another."""

    day: date | None = None
    starts_at: datetime | None = None
    marks_day: date | None = None
    summary: str = ""
    items: tuple[str, ...] = ()
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class CalendarDocument:
    """The whole calendar, each part in the order of the official document.

    ``permanent_until`` is a text such as "noiembrie 2021"; ``changed`` (aware) is the last change of anything
    shown and becomes the date of the PDF.
    """

    number: int
    year: int
    permanent_until: str = ""
    permanent: tuple[CalendarActivity, ...] = ()
    monthly: tuple[CalendarActivity, ...] = ()
    monthly_intro: str = ""
    videoconferences: tuple[CalendarRow, ...] = ()
    participants: tuple[str, ...] = ()
    central_theme: str = ""
    purposes: tuple[str, ...] = ()
    other_themes: tuple[str, ...] = ()
    closing: CalendarClosing | None = None
    changed: datetime | None = None
