"""Addresses of members of the structures, to which invitations go: one by one, or many lines at once."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from core.text import fold
from meetings.selectors.invitations import county_of_member, name_of_member
from organisations.models import StructureMembership

MOST_LINES: Final = 5000
_KINDS: Final = re.compile(r"^(municipiul|orasul|comuna|sectorul|judetul|primaria|consiliul judetean)\s+")


@dataclass(frozen=True)
class AddressLine:
    """A line as it came."""

    number: int
    cells: list[str]


@dataclass(frozen=True)
class Found:
    """A line that names one member and an address."""

    number: int
    member: StructureMembership
    name: str
    email: str

    @property
    def replaces(self) -> bool:
        """Whether the member has another address already."""
        return bool(self.member.email) and self.member.email != self.email


@dataclass(frozen=True)
class Fault:
    number: int
    text: str
    why: str


@dataclass
class Reading:
    """What the lines say: what would be kept, and what is left aside and why."""

    found: list[Found] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def as_lines(self) -> str:
        """The right lines again, by the keys of the members, for the confirmation."""
        return "\n".join(f"{each.member.pk};{each.email}" for each in self.found)


def read_lines(lines: Iterable[AddressLine], members: Sequence[StructureMembership]) -> Reading:
    """Sets each line beside the members of whoever asks; of others nothing is said but that they are not found."""
    by_code: dict[str, list[StructureMembership]] = {}
    by_name: dict[str, list[StructureMembership]] = {}
    for member in members:
        if member.uat is not None:
            by_code.setdefault(member.uat.code, []).append(member)
        by_name.setdefault(_plain(name_of_member(member)), []).append(member)
    reading = Reading()
    seen: set[int] = set()
    for line in lines:
        text = "; ".join(line.cells)[:120]
        if len(line.cells) < 2:
            reading.faults.append(Fault(line.number, text, _("A name or code and an address are needed.")))
            continue
        if line.number == 1 and "@" not in text:
            # A header.
            continue
        if line.number > MOST_LINES:
            reading.faults.append(
                Fault(line.number, text, _("More than 5,000 lines: send the rest afterwards."))
            )
            break
        why = _take(line, by_code, by_name, reading, seen)
        if why:
            reading.faults.append(Fault(line.number, text, why))
    return reading


def _take(
    line: AddressLine,
    by_code: dict[str, list[StructureMembership]],
    by_name: dict[str, list[StructureMembership]],
    reading: Reading,
    seen: set[int],
) -> str:
    """Keeps the line among the right ones, or says what is wrong with it."""
    who, email = line.cells[0], line.cells[-1].lower()
    county = line.cells[1] if len(line.cells) > 2 else ""
    found = by_code.get(who, []) if who.isdecimal() else by_name.get(_plain(who), [])
    if county:
        found = [each for each in found if _is_county(each, county)]
    if not found:
        return _("No member of this name or code in the counties of the gathering.")
    if len({each.uat_id or -(each.county_id or 0) for each in found}) > 1:
        return _(
            "Several are called so: write the SIRUTA code, or the county between the name and the address."
        )
    try:
        validate_email(email)
        if len(email) > 254:
            raise ValidationError("")
    except ValidationError:
        return _("This is no e-mail address.")
    for member in found:
        if member.pk in seen:
            return _("This member stands in an earlier line already.")
        seen.add(member.pk)
        reading.found.append(Found(line.number, member, name_of_member(member), email))
    return ""


def _plain(name: str) -> str:
    return _KINDS.sub("", fold(name))


def _is_county(member: StructureMembership, text: str) -> bool:
    county = county_of_member(member)
    return county is not None and _plain(text) in (fold(county.name), fold(county.code))


@transaction.atomic
def keep_addresses(*, members: Sequence[StructureMembership], said: dict[int, str]) -> int:
    """Writes these addresses, by the members' keys; keys of other members are passed over. Says how many changed.

    Raises ``ValidationError`` for an address that is none; then none is written.
    """
    allowed = {member.pk for member in members}
    changed = 0
    rows = StructureMembership.objects.select_for_update().filter(
        pk__in=[key for key in said if key in allowed]
    )
    for member in rows.order_by("pk"):
        email = said[member.pk].strip().lower()
        if email:
            validate_email(email)
        if member.email != email:
            member.email = email
            member.save(update_fields=["email"])
            changed += 1
    return changed
