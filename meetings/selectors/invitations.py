"""Whom a gathering concerns, who of them can be written to, and who was asked already."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core.messaging.models import NotificationPreference
from core.territory.models import County, Uat
from meetings.choices import MeetingStatus
from meetings.emails.invitations import CATEGORY
from meetings.homes import counties_of, home_of
from meetings.models import Invitee, Meeting, Registration
from organisations.choices import ContactKind, MemberRole, RegisterStatus
from organisations.models import (
    AssociativeStructure,
    Membership,
    Organisation,
    OrganisationContact,
    StructureMembership,
)


@dataclass(frozen=True)
class Scope:
    """For whom somebody invites: a structure its own members; None is the team, which asks everybody."""

    structure: AssociativeStructure | None


def scope_of(user: Any, meeting: Meeting) -> Scope | None:
    """None for whoever may invite nobody to this gathering."""
    if user.has_perm("meetings.invite_to_meeting", meeting):
        return Scope(None)
    if user.has_perm("meetings.invite_members_to_meeting", meeting):
        structure = AssociativeStructure.objects.filter(representatives__user=user).first()
        # Without a structure the scope would be the team's.
        return Scope(structure) if structure is not None else None
    return None


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """An authority or organisation with the one address that is written to."""

    name: str
    email: str
    county_id: int | None
    uat_id: int | None = None
    organisation_id: int | None = None
    group: str = ""


@dataclass(kw_only=True)
class Tally:
    """One line of the table of whom an invitation reaches."""

    label: str
    recipients: int = 0
    invited: int = 0
    without: int = 0


@dataclass(frozen=True, kw_only=True)
class InvitationPlan:
    """Who would be asked now. ``by_group`` counts by structure (and organisations), ``by_county`` by county.

    ``outside`` are UATs that no structure has as a member known to the portal, so that nobody knows their address.
    """

    recipients: list[Recipient]
    by_group: list[Tally]
    by_county: list[Tally]
    invited: int
    without: int
    outside: int
    registered: int
    counties: Sequence[County] = field(default_factory=tuple)


def why_not_now(meeting: Meeting) -> str:
    """Why nobody can be invited; empty when the gathering is announced and has not begun."""
    home = home_of(meeting)
    if meeting.status != MeetingStatus.SCHEDULED or home is None or not home.is_public(meeting):
        return _(
            "Invitations leave once the gathering is published, and no more when it is cancelled or postponed."
        )
    if timezone.now() >= meeting.begins_at:
        return _("It has begun, so nobody is invited any more.")
    return ""


def members_concerned(meeting: Meeting, scope: Scope) -> QuerySet[StructureMembership]:
    """Present members of the structures in the counties of the gathering; of one structure alone for its people."""
    places = [county.pk for county in counties_of(meeting)]
    found = StructureMembership.objects.filter(
        Q(until=None) | Q(until__gte=timezone.localdate()),
        Q(county__in=places) | Q(uat__county__in=places, uat__valid_to=None),
    )
    if scope.structure is not None:
        found = found.filter(structure=scope.structure)
    return found.select_related("structure", "county", "uat__county").order_by("structure__position", "pk")


def name_of_member(member: StructureMembership) -> str:
    place = member.uat or member.county
    return place.full_name if place is not None else ""


def county_of_member(member: StructureMembership) -> County | None:
    return member.uat.county if member.uat is not None else member.county


def invitation_plan(meeting: Meeting, scope: Scope) -> InvitationPlan:
    """Each address once; who was invited to this gathering, or has registered, is not asked (again)."""
    places = counties_of(meeting)
    names = {county.pk: county.name for county in places}
    asked = set(Invitee.objects.filter(meeting=meeting).values_list("email", flat=True))
    coming = set(Registration.objects.active().filter(meeting=meeting).values_list("email", flat=True))
    groups: dict[str, Tally] = {}
    counties = {county.pk: Tally(label=county.name) for county in places}
    found: dict[str, Recipient] = {}
    registered = 0
    for each in _candidates(meeting, scope, places):
        tallies = [groups.setdefault(each.group, Tally(label=each.group))]
        if each.county_id in names:
            tallies.append(counties[each.county_id])
        if not each.email:
            _raise(tallies, "without")
        elif each.email in asked:
            _raise(tallies, "invited")
        elif each.email in coming:
            registered += 1
        elif each.email not in found:
            found[each.email] = each
            _raise(tallies, "recipients")
    return InvitationPlan(
        recipients=list(found.values()),
        by_group=list(groups.values()),
        by_county=list(counties.values()),
        invited=sum(tally.invited for tally in groups.values()),
        without=sum(tally.without for tally in groups.values()),
        outside=0 if scope.structure else _units_outside(places),
        registered=registered,
        counties=places,
    )


def _raise(tallies: Iterable[Tally], name: str) -> None:
    for tally in tallies:
        setattr(tally, name, getattr(tally, name) + 1)


def _candidates(meeting: Meeting, scope: Scope, places: Sequence[County]) -> Iterator[Recipient]:
    for member in members_concerned(meeting, scope):
        county = county_of_member(member)
        yield Recipient(
            name=name_of_member(member),
            email=member.email,
            county_id=county.pk if county else None,
            uat_id=member.uat_id,
            group=member.structure.acronym,
        )
    if scope.structure is None:
        yield from _organisations(places)


def _organisations(places: Sequence[County]) -> Iterator[Recipient]:
    """Listed organisations, each with one address: see :func:`_addresses`."""
    listed = Organisation.objects.filter(
        register_status=RegisterStatus.LISTED, county__in=[p.pk for p in places]
    )
    organisations = list(listed.order_by("pk").only("pk", "legal_name", "public_name", "county_id"))
    addresses = _addresses(organisations)
    group = _("Listed organisations")
    for each in organisations:
        yield Recipient(
            name=each.display_name[:300],
            email=addresses.get(each.pk, ""),
            county_id=each.county_id,
            organisation_id=each.pk,
            group=group,
        )


def _addresses(organisations: Sequence[Organisation]) -> dict[int, str]:
    """The manager who came first and wants invitations, else another of its people, else an address that it shows."""
    off = NotificationPreference.objects.filter(category=CATEGORY.name, wanted=False)
    people_off = set(off.exclude(user=None).values_list("user_id", flat=True))
    addresses_off = set(off.filter(user=None).values_list("address", flat=True))
    keys = [each.pk for each in organisations]
    people = Membership.objects.filter(organisation__in=keys, user__is_active=True).values_list(
        "organisation_id", "user_id", "user__email", "role", "pk"
    )
    found: dict[int, str] = {}
    for organisation, user, email, _role, _pk in sorted(
        people, key=lambda row: (row[3] != MemberRole.MANAGER, row[4])
    ):
        if user not in people_off:
            found.setdefault(organisation, email.lower())
    contacts = OrganisationContact.objects.filter(
        organisation__in=keys, kind=ContactKind.EMAIL, is_public=True
    ).order_by("pk")
    for organisation, value in contacts.values_list("organisation_id", "value"):
        address = value.strip().lower()
        if address not in addresses_off and _is_address(address):
            found.setdefault(organisation, address)
    return found


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _units_outside(places: Sequence[County]) -> int:
    units = Uat.objects.current().filter(county__in=[county.pk for county in places])
    return units.exclude(structure_memberships__until=None, structure_memberships__isnull=False).count()
