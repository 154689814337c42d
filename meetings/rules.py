"""Who may keep gatherings, their registrations and what remains of them."""

from typing import Any

from core.accounts.choices import Role
from core.permissions import VIEW, editorial_team, grant, grant_editorial, has_role, nobody, relation
from meetings.homes import home_of, organises
from meetings.models import Meeting
from organisations.models import StructureRepresentative


def _meeting_of(thing: Any) -> Any:
    return thing if isinstance(thing, Meeting) else getattr(thing, "meeting", None)


def _organises(user: Any, thing: Any) -> bool:
    meeting = _meeting_of(thing)
    return meeting is not None and organises(user, meeting)


@relation(Role.ORGANISATION_MANAGER)
def manages_a_co_organiser(user: Any, thing: Any) -> bool:
    """Whoever answers for a co-organiser of this gathering."""
    return _organises(user, thing)


@relation(Role.ORGANISATION_MEMBER)
def works_for_a_co_organiser(user: Any, thing: Any) -> bool:
    """Whoever works for a co-organiser of this gathering."""
    return _organises(user, thing)


@relation(Role.STRUCTURE_REPRESENTATIVE)
def speaks_for_a_structure(user: Any, thing: Any) -> bool:
    """Whoever speaks for an associative structure, of a gathering that anybody may see."""
    meeting = _meeting_of(thing)
    home = home_of(meeting) if meeting is not None else None
    if home is None or not home.is_public(meeting):
        return False
    return StructureRepresentative.objects.filter(user=user).exists()


managers = has_role(Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER)
its_organisers = manages_a_co_organiser | works_for_a_co_organiser
team = editorial_team | its_organisers

# Co-organisers keep their own events on the pages of the portal (row V13); the admin is the staff's.
grant(
    "meetings",
    "meeting",
    {
        VIEW: team,
        "add": editorial_team,
        "change": team,
        "delete": managers,
        # Names and addresses of people: those who organise the gathering, and nobody else of the staff.
        "see_registrants": team,
        "record_attendance": team,
        "write_to_registrants": team,
        "invite_to": team,
        # A structure asks its own members alone to come, and sees what they answered.
        "invite_members_to": speaks_for_a_structure,
    },
)
grant_editorial("meetings", "agendaitem", "material", "recording")
grant(
    "meetings",
    "registration",
    {VIEW: editorial_team, "add": nobody, "change": nobody, "delete": nobody, "withdraw": team},
)
# People register themselves and the team works on the pages of the meeting: the admin shows these and changes none.
for _model in (
    "reminder",
    "attendance",
    "attendanceimport",
    "attendanceline",
    "question",
    "meetingfeedback",
    "invitationround",
    "invitee",
    "registrantmail",
):
    grant("meetings", _model, {VIEW: editorial_team, "add": nobody, "change": nobody, "delete": nobody})
