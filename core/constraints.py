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


def county_or_uat(name: str) -> CheckConstraint:
    """The row is of a county or of a UAT, never of both or of none."""
    return CheckConstraint(
        condition=Q(county__isnull=True, uat__isnull=False) | Q(county__isnull=False, uat__isnull=True),
        name=name,
        violation_error_message=_("Name either a county or a UAT."),
    )
