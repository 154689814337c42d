"""What a person may have meant by what they typed: an organisation of the registry, a locality."""

from core.territory.models import County, Uat
from core.territory.selectors import suggest_uats
from core.text import fold
from organisations.models import Organisation
from organisations.selectors.duplicates import Sought, core_name, possible_duplicates

MOST_OFFERED = 5
_KINDS = ("municipiul ", "orasul ", "comuna ", "satul ", "sat ")


def organisations_meant(name: str) -> list[Organisation]:
    """Public organisations whose name is like this one, the likeliest first; five at most."""
    if not core_name(name):
        return []
    found = [each.organisation for each in possible_duplicates(Sought(names=(name,)))]
    return [organisation for organisation in found if organisation.is_public][:MOST_OFFERED]


def uats_meant(name: str, county: County) -> list[Uat]:
    """Localities of the county that may be meant; exactly one when the name leaves no doubt."""
    plain = fold(name)
    for kind in _KINDS:
        plain = plain.removeprefix(kind)
    if not plain:
        return []
    found = suggest_uats(plain, county=county, limit=12)
    same = [uat for uat in found if fold(uat.name) == plain]
    return same if len(same) == 1 else found
