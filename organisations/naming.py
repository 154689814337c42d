"""Addresses of organisations' pages, made from their names."""

from collections.abc import Sequence

from core.territory.models import County
from core.text import fold
from organisations.choices import RESERVED_SLUGS
from organisations.models import FormerSlug, Organisation

LONGEST = 100


def free_slug(name: str, county: County | None = None) -> str:
    """An address that no organisation has or had: the name, then with its county's code, then numbered."""
    return free_slugs([("", name, county)])[0]


def free_slugs(asked: Sequence[tuple[str, str, County | None]]) -> list[str]:
    """The same for many, each another one, as (address that is given, name, county); a given one is not asked about."""
    wishes = [[given] if given else _wishes(name, county) for given, name, county in asked]
    found: dict[int, str] = {place: given for place, (given, _name, _county) in enumerate(asked) if given}
    taken = {*found.values(), *RESERVED_SLUGS}
    for rows in (Organisation.objects, FormerSlug.objects):
        one_of = {slug for each in wishes for slug in each}
        taken |= set(rows.filter(slug__in=one_of).values_list("slug", flat=True))
    for place, each in enumerate(wishes):
        if place not in found:
            found[place] = next((slug for slug in each if slug not in taken), "") or _numbered(each, taken)
            taken.add(found[place])
    return [found[place] for place in range(len(asked))]


def _wishes(name: str, county: County | None) -> list[str]:
    base = fold(name).replace(" ", "-")[:LONGEST].strip("-") or "organizatie"
    return [base, f"{base}-{county.slug}"] if county else [base]


def _numbered(wishes: list[str], taken: set[str]) -> str:
    longest = wishes[-1]
    for rows in (Organisation.objects, FormerSlug.objects):
        taken = taken | set(rows.filter(slug__startswith=longest).values_list("slug", flat=True))
    number = 2
    while f"{longest}-{number}" in taken:
        number += 1
    return f"{longest}-{number}"
