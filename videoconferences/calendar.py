"""The calendar of an edition as a document: the parts of the official layout, free of database and language.

Source: Secretariatul General al Guvernului, "Calendarul activităților", ediția a II-a, 2021: I permanent
activities, II monthly activities (the regional videoconferences), III the closing of the programme. The page,
the PDF and the iCalendar feed are made from one :class:`CalendarDocument`, so that they cannot disagree.
"""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, kw_only=True)
class CalendarRow:
    """One videoconference: a line of the schedule."""

    number: int
    day: date
    regions: tuple[str, ...]
    co_organisers: tuple[str, ...]
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class CalendarClosing:
    """Part III: how the edition ends; ``event`` says when and what, ``items`` what happens there."""

    title: str
    event: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CalendarDocument:
    """Texts in the reader's language, in the order of the official document; an empty part is left out.

    ``edition`` is "ediția a II-a", ``permanent_until`` "noiembrie 2021"; ``changed`` (aware) is the last change
    of anything shown, and becomes the date of the PDF.
    """

    title: str
    edition: str
    year: int
    permanent_until: str = ""
    permanent: tuple[str, ...] = ()
    monthly_purpose: str = ""
    videoconferences: tuple[CalendarRow, ...] = ()
    participants: tuple[str, ...] = ()
    central_theme: str = ""
    purposes: tuple[str, ...] = ()
    other_themes: tuple[str, ...] = ()
    closing: CalendarClosing | None = None
    changed: datetime | None = None

    @property
    def year_text(self) -> str:
        """The year without a thousands separator, fit for translated sentences."""
        return str(self.year)
