"""Constraints that tables of several floors share."""

from django.db.models import CheckConstraint, F, Q
from django.utils.translation import gettext_lazy as _


def dates_in_order(name: str, first: str, last: str) -> CheckConstraint:
    """The last day is not before the first; either may be open."""
    return CheckConstraint(
        condition=Q((f"{first}__isnull", True))
        | Q((f"{last}__isnull", True))
        | Q((f"{last}__gte", F(first))),
        name=name,
        violation_error_message=_("The end comes before the beginning."),
    )
