"""What the team of a videoconference works on beside what every gathering has: its conclusions and its figures."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting
from meetings.teampages import team_page


def _page(name: str) -> Callable[[Meeting], str | None]:
    def address(meeting: Meeting) -> str | None:
        videoconference = getattr(meeting, "videoconference", None)
        if videoconference is None:
            return None
        return reverse(
            f"videoconferences:{name}", args=[videoconference.edition.year, videoconference.number]
        )

    return address


team_page(_("Conclusions"), _page("conclusions_writing"), permission="meetings.change_meeting", order=70)
team_page(
    _("Who took part, in figures"), _page("figures"), permission="meetings.see_registrants_meeting", order=75
)
