"""Who may keep videoconferences and their themes, propose themes, write and publish conclusions."""

from typing import Any

from core.accounts.choices import Role
from core.permissions import VIEW, editorial_team, grant, grant_editorial, has_role, nobody, relation
from meetings.rules import manages_a_co_organiser, works_for_a_co_organiser
from organisations.rules import its_people
from videoconferences.choices import ConclusionStatus
from videoconferences.models import Conclusion, Videoconference

managers = has_role(Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER)

grant_editorial(
    "videoconferences",
    "videoconference",
    "theme",
    "coorganiser",
    "videoconferencetheme",
)


def _meeting_to_write_for(thing: Any) -> Any:
    """The gathering of a videoconference, or of a conclusion that is still a draft."""
    if isinstance(thing, Conclusion):
        return thing.videoconference.meeting if thing.status == ConclusionStatus.DRAFT else None
    return thing.meeting if isinstance(thing, Videoconference) else None


@relation(Role.ORGANISATION_MANAGER)
def answers_for_its_co_organiser(user: Any, thing: Any) -> bool:
    """Whoever answers for a co-organiser of the videoconference, for drafts."""
    return manages_a_co_organiser.test(user, _meeting_to_write_for(thing))


@relation(Role.ORGANISATION_MEMBER)
def works_for_its_co_organiser(user: Any, thing: Any) -> bool:
    """Whoever works for a co-organiser of the videoconference, for drafts."""
    return works_for_a_co_organiser.test(user, _meeting_to_write_for(thing))


# Asked with the proposal, or with the organisation that is to propose or rank.
grant(
    "videoconferences",
    "themeproposal",
    {
        VIEW: editorial_team | its_people,
        "add": editorial_team,
        "change": editorial_team,
        "delete": managers,
        "write": its_people,
        "rank": its_people,
        "decide": editorial_team,
    },
)
grant(
    "videoconferences",
    "themerank",
    {VIEW: editorial_team | its_people, "add": nobody, "change": nobody, "delete": nobody},
)
# Co-organisers write drafts for their own videoconferences; what everybody reads is the staff's to decide.
grant(
    "videoconferences",
    "conclusion",
    {
        VIEW: editorial_team | answers_for_its_co_organiser | works_for_its_co_organiser,
        "add": editorial_team,
        "change": editorial_team,
        "delete": managers,
        "write": editorial_team | answers_for_its_co_organiser | works_for_its_co_organiser,
        "publish": editorial_team,
    },
)
# Groups of fewer than five people; the team of one videoconference sees those of its own with its registrants.
grant("videoconferences", "videoconference", {"see_figures": editorial_team})
