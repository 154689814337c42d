"""What the app that has a kind of gathering says about it: its page, its name, who organises it.

A videoconference, a closing event or a promoters' meeting has one Meeting; registration, reminders and mails are built
once, here, and ask the home of the meeting's kind for what only that app knows. Homes stand in each app's ``homes.py``,
which is found by itself.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.accounts.models import User
from core.territory.models import County
from core.territory.selectors import counties
from meetings.choices import MeetingKind
from meetings.models import Meeting


@dataclass(frozen=True)
class MeetingHome:
    """``address`` and ``registration`` give paths in the active language, for a meeting that has its owner.

    ``heading`` names the gathering as a page would, in the active language. ``is_public`` asks the owner too (a
    meeting of an edition that nobody may see yet is not public). ``organises`` holds for people who organise this very
    meeting without being staff: those of its co-organisers. ``team`` is the page of the team where the owner has one of
    its own; else it is that of any gathering (``meetings.teampages.team_address``). ``counties`` are those that it is
    held for; without it, the whole country.
    """

    address: Callable[[Meeting], str]
    registration: Callable[[Meeting], str]
    heading: Callable[[Meeting], str]
    is_public: Callable[[Meeting], bool]
    organises: Callable[[User, Meeting], bool]
    team: Callable[[Meeting], str] | None = None
    counties: Callable[[Meeting], Sequence[County]] | None = None


_homes: dict[MeetingKind, MeetingHome] = {}


def register_home(kind: MeetingKind, home: MeetingHome) -> None:
    """Makes the home of a kind known. Raises ``ValueError`` when the kind has another one."""
    if _homes.setdefault(kind, home) is not home:
        raise ValueError(f"The kind of meeting {kind!r} has a home already.")


def home_of(meeting: Meeting) -> MeetingHome | None:
    """The home of the meeting's kind; None for a kind that no app has yet (a training, say)."""
    return _homes.get(MeetingKind(meeting.kind))


def counties_of(meeting: Meeting) -> Sequence[County]:
    """The counties that the meeting is held for, in alphabetical order."""
    home = home_of(meeting)
    return home.counties(meeting) if home and home.counties else counties()


def organises(user: User, meeting: Meeting) -> bool:
    """Whether the person organises this meeting on behalf of a co-organiser."""
    home = home_of(meeting)
    return home is not None and home.organises(user, meeting)
