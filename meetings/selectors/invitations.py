"""Whom a gathering concerns, who of them can be written to, and who was asked already."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _

from core.messaging.models import NotificationPreference
from core.territory.models import County
from meetings.choices import MeetingStatus
from meetings.emails.invitations import CATEGORY
from meetings.homes import counties_of, home_of
from meetings.models import Invitee, Meeting, Registration
from meetings.selectors.authorities import authorities
from meetings.selectors.scopes import Scope
from organisations.choices import ContactKind, MemberRole, RegisterStatus
from organisations.models import Membership, Organisation, OrganisationContact


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

    ``outside`` are those of ``without`` that are members of no structure known to the portal: the team alone can write
    their address down.
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
        outside=others.without if (others := groups.get(_("Other local authorities"))) else 0,
        registered=registered,
        counties=places,
    )


def _raise(tallies: Iterable[Tally], name: str) -> None:
    for tally in tallies:
        setattr(tally, name, getattr(tally, name) + 1)


def _candidates(meeting: Meeting, scope: Scope, places: Sequence[County]) -> Iterator[Recipient]:
    others = _("Other local authorities")
    for each in authorities(meeting, scope):
        yield Recipient(
            name=each.name,
            email=each.email,
            county_id=each.county_id,
            uat_id=each.uat_id,
            group=each.structure or others,
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
