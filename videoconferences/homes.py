"""Videoconferences as gatherings: their page, their name, the people of their co-organisers."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.territory.models import County
from core.territory.selectors import counties
from meetings.choices import MeetingKind
from meetings.homes import MeetingHome, register_home
from meetings.models import Meeting
from organisations.models import Membership
from videoconferences.models import Videoconference


def _address(meeting: Meeting) -> str:
    return meeting.videoconference.get_absolute_url()


def _registration(meeting: Meeting) -> str:
    videoconference = meeting.videoconference
    return reverse("videoconferences:register", args=[videoconference.edition.year, videoconference.number])


def _team(meeting: Meeting) -> str:
    videoconference = meeting.videoconference
    return reverse("videoconferences:team", args=[videoconference.edition.year, videoconference.number])


def _heading(meeting: Meeting) -> str:
    videoconference = meeting.videoconference
    return _("Regional videoconference no. %(number)d, %(year)d") % {
        "number": videoconference.number,
        "year": videoconference.edition.year,
    }


def _is_public(meeting: Meeting) -> bool:
    return Videoconference.objects.public().filter(meeting=meeting).exists()


def _organises(user: User, meeting: Meeting) -> bool:
    return Membership.objects.filter(
        user=user, organisation__co_organised_links__videoconference__meeting=meeting
    ).exists()


def _counties(meeting: Meeting) -> Sequence[County]:
    """Those named, else all of its regions."""
    videoconference = meeting.videoconference
    named = set(videoconference.counties.values_list("pk", flat=True))
    if named:
        return tuple(county for county in counties() if county.pk in named)
    regions = set(videoconference.regions.values_list("pk", flat=True))
    return tuple(county for county in counties() if county.region_id in regions)


register_home(
    MeetingKind.VIDEOCONFERENCE,
    MeetingHome(
        address=_address,
        registration=_registration,
        heading=_heading,
        is_public=_is_public,
        organises=_organises,
        team=_team,
        counties=_counties,
    ),
)
