"""The pages on which the team of one gathering works: each is named here, and the gathering's page links to them.

Each app keeps its lines in a module ``teampages``, found by itself; those of ``meetings`` stand at the end of this one:

    team_page(_("Who registered"), page_named("meetings:registrants"), order=10)
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from meetings.homes import home_of
from meetings.models import Meeting

Label = str | Promise
Address = Callable[[Meeting], str | None]


@dataclass(frozen=True)
class TeamPage:
    """One page of the team; ``url_for`` gives None for a gathering that has no such page."""

    label: Label
    url_for: Address
    permission: str
    order: int


@dataclass(frozen=True)
class TeamLink:
    """A page of the team as one gathering's page shows it."""

    label: str
    href: str


_pages: list[TeamPage] = []


def team_page(
    label: Label, url_for: Address, permission: str = "meetings.see_registrants_meeting", order: int = 50
) -> None:
    """Adds a page. Orders: 10 to 39 before the gathering, 40 to 59 on the day, 60 to 89 afterwards.

    ``permission`` is asked with the gathering, here and again by the page itself.
    """
    _pages.append(TeamPage(label, url_for, permission, order))


def page_named(url_name: str) -> Address:
    """The address of a page that takes the gathering by its key alone (``/intalniri/<meeting>/…``)."""
    return lambda meeting: reverse(url_name, args=[meeting.pk])


def team_links(user: User, meeting: Meeting) -> list[TeamLink]:
    """The pages that this person may open for this gathering, in order."""
    links = []
    for page in sorted(_pages, key=lambda each: each.order):
        href = page.url_for(meeting) if user.has_perm(page.permission, meeting) else None
        if href:
            links.append(TeamLink(str(page.label), href))
    return links


def team_address(meeting: Meeting) -> str:
    """The page of the gathering's team: the owner's own where it has one, else that of any gathering."""
    home = home_of(meeting)
    return home.team(meeting) if home and home.team else reverse("meetings:team", args=[meeting.pk])


team_page(_("Who registered"), page_named("meetings:registrants"), order=10)
team_page(
    _("Invitations"), page_named("meetings:invitations"), permission="meetings.invite_to_meeting", order=15
)
team_page(
    _("Answers to the invitations"),
    page_named("meetings:replies"),
    permission="meetings.invite_to_meeting",
    order=16,
)
team_page(
    _("Questions"), page_named("meetings:team_questions"), "meetings.record_attendance_meeting", order=45
)
team_page(_("Tick list"), page_named("meetings:presence"), "meetings.record_attendance_meeting", order=40)
team_page(
    _("Attendance report"), page_named("meetings:report"), "meetings.record_attendance_meeting", order=60
)
team_page(
    _("Write to those who registered"),
    page_named("meetings:write"),
    permission="meetings.write_to_registrants_meeting",
    order=20,
)
team_page(
    _("After the gathering"),
    page_named("meetings:afterwards"),
    permission="meetings.change_meeting",
    order=80,
)
