"""What an edition of the programme stores."""

from programmes.models.calendar import Activity, CalendarText, ClosingEvent, PromotersMeeting
from programmes.models.edition import Edition, EditionPart, EditionPhase, EditionQuerySet, StatedFigure
from programmes.models.participation import EditionPartner, Mandate
from programmes.models.publication import Announcement, AnnouncementQuerySet, EditionDocument

__all__ = [
    "Activity",
    "Announcement",
    "AnnouncementQuerySet",
    "CalendarText",
    "ClosingEvent",
    "Edition",
    "EditionDocument",
    "EditionPart",
    "EditionPartner",
    "EditionPhase",
    "EditionQuerySet",
    "Mandate",
    "PromotersMeeting",
    "StatedFigure",
]
