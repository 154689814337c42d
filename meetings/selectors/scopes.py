"""For whom somebody invites to a gathering: the team everybody, a structure its own members."""

from dataclasses import dataclass, field
from typing import Any

from meetings.models import Meeting
from organisations.models import AssociativeStructure


@dataclass(frozen=True)
class Scope:
    """For whom somebody invites: a structure its own members; None is the team, which asks everybody.

    ``choice`` are all the structures that the person speaks for, when there are several to choose from.
    """

    structure: AssociativeStructure | None
    choice: tuple[AssociativeStructure, ...] = field(default=(), compare=False)


def structures_of(user: Any) -> list[AssociativeStructure]:
    """The structures that the person speaks for."""
    return list(AssociativeStructure.objects.filter(representatives__user=user.pk))


def scope_of(user: Any, meeting: Meeting, said: str = "") -> Scope | None:
    """None for whoever may invite nobody to this gathering, and for a structure that is not the person's own.

    ``said`` is the slug of the structure for which the person wants to invite; without it the team asks as the team,
    anybody else for the first of their structures.
    """
    if not said and user.has_perm("meetings.invite_to_meeting", meeting):
        return Scope(None)
    if not user.has_perm("meetings.invite_members_to_meeting", meeting):
        return None
    return scope_among(structures_of(user), said)


def scope_among(own: list[AssociativeStructure], said: str) -> Scope | None:
    """The one of a person's own structures that they named, else the first; None without it."""
    # Compared here, so that no text of an address reaches a query. Without a structure the scope would be the team's.
    structure = next((each for each in own if said in ("", each.slug)), None)
    choice = tuple(own) if len(own) > 1 else ()
    return Scope(structure, choice) if structure is not None else None
