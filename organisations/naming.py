"""Addresses of organisations' pages, made from their names."""

from core.territory.models import County
from core.text import fold
from organisations.choices import RESERVED_SLUGS
from organisations.models import FormerSlug, Organisation

LONGEST = 100


def free_slug(name: str, county: County | None = None) -> str:
    """An address that no organisation has or had: the name, then with its county's code, then numbered."""
    base = fold(name).replace(" ", "-")[:LONGEST].strip("-") or "organizatie"
    candidates = [base, f"{base}-{county.slug}"] if county else [base]
    taken = _taken(base)
    for candidate in candidates:
        if candidate not in taken:
            return candidate
    number = 2
    while f"{candidates[-1]}-{number}" in taken:
        number += 1
    return f"{candidates[-1]}-{number}"


def _taken(base: str) -> set[str]:
    slugs = Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True)
    former = FormerSlug.objects.filter(slug__startswith=base).values_list("slug", flat=True)
    return {*slugs, *former, *RESERVED_SLUGS}
