"""Places with their official codes, written by the loader alone.

Validity dates are half-open: ``valid_from`` is the first day on which a fact holds and ``valid_to`` the first
on which it no longer does; an empty one means "not known" or "until now".
"""

from core.territory.models.alias import PlaceAlias
from core.territory.models.county import County, CountyQuerySet
from core.territory.models.load import TerritoryLoad
from core.territory.models.region import Country, Region
from core.territory.models.uat import Uat, UatQuerySet, UatTypePeriod

__all__ = [
    "Country",
    "County",
    "CountyQuerySet",
    "PlaceAlias",
    "Region",
    "TerritoryLoad",
    "Uat",
    "UatQuerySet",
    "UatTypePeriod",
]
