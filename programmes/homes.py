"""The closing event and the promoters' meetings as gatherings: their pages and names; only staff organise them."""

from django.urls import reverse
from django.utils.translation import gettext as _

from core.accounts.models import User
from meetings.choices import MeetingKind
from meetings.homes import MeetingHome, register_home
from meetings.models import Meeting
from programmes.models import ClosingEvent, PromotersMeeting


def closing_address(event: ClosingEvent) -> str:
    return reverse("programmes:closing_event", args=[event.edition.year])


def promoters_address(gathering: PromotersMeeting) -> str:
    return reverse("programmes:promoters_meeting", args=[gathering.edition.year, gathering.number])


def _closing_heading(meeting: Meeting) -> str:
    return _("Closing event of the edition %(year)d") % {"year": meeting.closing_event.edition.year}


def _promoters_heading(meeting: Meeting) -> str:
    gathering = meeting.promoters_meeting
    words = _("Promoters' meeting no. %(number)d, %(year)d")
    return words % {"number": gathering.number, "year": gathering.edition.year}


def _nobody(user: User, meeting: Meeting) -> bool:
    return False


register_home(
    MeetingKind.CLOSING_EVENT,
    MeetingHome(
        address=lambda meeting: closing_address(meeting.closing_event),
        registration=lambda meeting: reverse(
            "programmes:closing_register", args=[meeting.closing_event.edition.year]
        ),
        heading=_closing_heading,
        is_public=lambda meeting: meeting.is_public and meeting.closing_event.edition.is_public,
        organises=_nobody,
    ),
)
register_home(
    MeetingKind.PROMOTERS_MEETING,
    MeetingHome(
        address=lambda meeting: promoters_address(meeting.promoters_meeting),
        registration=lambda meeting: reverse(
            "programmes:promoters_register",
            args=[meeting.promoters_meeting.edition.year, meeting.promoters_meeting.number],
        ),
        heading=_promoters_heading,
        is_public=lambda meeting: meeting.is_public and meeting.promoters_meeting.edition.is_public,
        organises=_nobody,
    ),
)
