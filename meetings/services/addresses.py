"""Addresses of local authorities, to which invitations go: one by one, or many lines at once."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from core.text import fold
from meetings.selectors.authorities import Authority
from organisations.models import AuthorityAddress, StructureMembership

MOST_LINES: Final = 5000
MOST_CHARACTERS: Final = 254
_OF_UNITS: Final = r"(?:(?:primaria|municipiului|municipiul|orasului|orasul|comunei|comuna|sectorul)\s+)+"
_OF_COUNTIES: Final = r"(?:(?:consiliul judetean|judetului|judetul)\s+)+"
_KINDS: Final = re.compile(rf"^(?:{_OF_UNITS}|{_OF_COUNTIES})")
_COUNTIES: Final = re.compile(rf"^{_OF_COUNTIES}")


@dataclass(frozen=True)
class AddressLine:
    """A line as it came."""

    number: int
    cells: list[str]


@dataclass(frozen=True)
class Found:
    """A line that names one authority and an address."""

    number: int
    authority: Authority
    email: str

    @property
    def replaces(self) -> bool:
        """Whether the authority has another address already."""
        return bool(self.authority.email) and self.authority.email != self.email


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
        """The right lines again, by the keys of the authorities, for the confirmation."""
        return "\n".join(f"{each.authority.key};{each.email}" for each in self.found)


def read_lines(lines: Iterable[AddressLine], among: Sequence[Authority]) -> Reading:
    """Sets each line beside the authorities of whoever asks; of others nothing is said but that they are not found."""
    by_code: dict[str, list[Authority]] = {}
    by_name: dict[str, list[Authority]] = {}
    for each in among:
        by_code.setdefault(each.code, []).append(each)
        for name in {_plain(each.bare_name), _plain(each.name)}:
            by_name.setdefault(name, []).append(each)
    reading = Reading()
    seen: set[str] = set()
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
    by_code: dict[str, list[Authority]],
    by_name: dict[str, list[Authority]],
    reading: Reading,
    seen: set[str],
) -> str:
    """Keeps the line among the right ones, or says what is wrong with it."""
    who, email = line.cells[0], line.cells[-1].lower()
    county = line.cells[1] if len(line.cells) > 2 else ""
    found = by_code.get(who, []) if who.isdecimal() else _named(by_name.get(_plain(who), []), who)
    if county:
        found = [each for each in found if _is_county(each, county)]
    if not found:
        return _("No authority of this name or code that you may write to, in the counties of the gathering.")
    if len({each.place for each in found}) > 1:
        return _(
            "Several are called so: write the SIRUTA code, or the county between the name and the address."
        )
    try:
        _check(email)
    except ValidationError:
        return _("This is no e-mail address.")
    for each in found:
        if each.key in seen:
            return _("This authority stands in an earlier line already.")
        seen.add(each.key)
        reading.found.append(Found(line.number, each, email))
    return ""


def _check(email: str) -> None:
    validate_email(email)
    if len(email) > MOST_CHARACTERS:
        raise ValidationError(_("This is no e-mail address."))


def _named(found: list[Authority], who: str) -> list[Authority]:
    """A county and its town may be called the same: the council is meant where the line says so, or alone has it."""
    councils = [each for each in found if each.is_council]
    if _COUNTIES.match(fold(who)):
        return councils
    return [each for each in found if not each.is_council] or councils


def _plain(name: str) -> str:
    return _KINDS.sub("", fold(name))


def _is_county(authority: Authority, text: str) -> bool:
    county = authority.county
    return county is not None and _plain(text) in (fold(county.name), fold(county.code))


@transaction.atomic
def keep_addresses(*, among: Sequence[Authority], said: Mapping[str, str]) -> int:
    """Writes these addresses, by the keys of these authorities; other keys are passed over. Says how many changed.

    An empty address takes away what was known. That of a member is written with its membership; what was kept of the
    place before it became a member then goes. Raises ``ValidationError`` for an address that is none; then none is
    written.
    """
    changes: list[tuple[Authority, str]] = []
    for each in among:
        if each.key not in said:
            continue
        email = said[each.key].strip().lower()
        if email:
            _check(email)
        if email != each.email:
            changes.append((each, email))
    _keep_of_members({int(each.key): email for each, email in changes if each.structure})
    _forget_places([each for each, email in changes if each.structure or not email])
    _keep_of_places([(each, email) for each, email in changes if not each.structure and email])
    return len(changes)


def _keep_of_members(emails: Mapping[int, str]) -> None:
    rows = list(StructureMembership.objects.select_for_update().filter(pk__in=emails).order_by("pk"))
    for row in rows:
        row.email = emails[row.pk]
    StructureMembership.objects.bulk_update(rows, ["email"], batch_size=500)


def _forget_places(authorities: Iterable[Authority]) -> None:
    places = [each.place for each in authorities]
    AuthorityAddress.objects.filter(
        Q(uat__in=[uat for uat, _county in places if uat])
        | Q(county__in=[county for _uat, county in places if county])
    ).delete()


def _keep_of_places(emails: Iterable[tuple[Authority, str]]) -> None:
    """Two at once leave one address: the later."""
    rows = [
        AuthorityAddress(uat_id=each.uat_id, county_id=None if each.uat_id else each.county_id, email=email)
        for each, email in sorted(emails, key=lambda pair: pair[0].key)
    ]
    for unique in ("uat", "county"):
        AuthorityAddress.objects.bulk_create(
            [row for row in rows if getattr(row, f"{unique}_id") is not None],
            update_conflicts=True,
            unique_fields=[unique],
            update_fields=["email", "updated_at"],
        )
