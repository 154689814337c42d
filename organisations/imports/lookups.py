"""What the lines of a file are held against, asked of the database once for the whole file."""

from typing import Any

from core.territory.models import County, Uat
from core.text import Fold, fold
from organisations.choices import RegisterStatus
from organisations.models import (
    BeneficiaryGroup,
    Domain,
    FormerSlug,
    Organisation,
    OrganisationName,
    SustainableGoal,
)

LISTS = {"domains": Domain, "beneficiaries": BeneficiaryGroup, "goals": SustainableGoal}


class Lookups:
    """Codes and names of places and vocabularies, and the keys by which a line finds its record."""

    def __init__(self) -> None:
        self.counties: dict[str, County] = {}
        for county in County.objects.filter(country_id="RO"):
            self.counties.update({fold(county.code): county, fold(county.name): county})
        self.uats: dict[str, Uat] = {}
        self._named: dict[tuple[int | None, str], list[Uat]] = {}
        for uat in Uat.objects.filter(country_id="RO").select_related("county"):
            self.uats[str(uat.code)] = uat
            self._named.setdefault((uat.county_id, fold(uat.name)), []).append(uat)
        self.county_by_pk = {county.pk: county for county in self.counties.values()}
        self.uat_by_pk = {uat.pk: uat for uat in self.uats.values()}
        self.terms: dict[str, dict[str, Any]] = {name: _terms(model) for name, model in LISTS.items()}
        self.term_names = {
            name: {term.pk: str(term) for term in terms.values()} for name, terms in self.terms.items()
        }
        self.terms["activity_counties"] = dict(self.counties)
        self.by_cui: dict[str, int] = {}
        self.by_slug: dict[str, int] = {}
        self.names: dict[str, list[tuple[int, int | None, bool]]] = {}
        self._organisations()
        self.former = dict(FormerSlug.objects.values_list("slug", "organisation__slug"))

    def uat_named(self, name: str, county: County | None) -> Uat | None:
        """The only unit of this name in the county; None when there is none, or more than one."""
        plain = fold(name)
        for word in ("municipiul ", "orasul ", "oras ", "comuna "):
            plain = plain.removeprefix(word)
        found = self._named.get((county.pk, plain), []) if county else []
        return found[0] if len(found) == 1 else None

    def namesake(self, name: str, county: int | None) -> tuple[int, bool] | None:
        """A record of this name in any spelling, unless both say another county; and whether it has a CUI."""
        for pk, its_county, has_cui in self.names.get(fold(name) or name, ()):
            if county is None or its_county is None or its_county == county:
                return pk, has_cui
        return None

    def _organisations(self) -> None:
        rows = Organisation.objects.order_by().values_list(
            "pk", "slug", "cui", "county_id", "register_status", Fold("legal_name"), Fold("public_name")
        )
        places = {}
        for pk, slug, cui, county, status, legal, public in rows.iterator(chunk_size=5000):
            self.by_slug[slug] = pk
            if cui and status != RegisterStatus.REJECTED:
                self.by_cui[cui] = pk
            places[pk] = (county, bool(cui))
            for name in {legal, public} - {""}:
                self.names.setdefault(name, []).append((pk, county, bool(cui)))
        others = OrganisationName.objects.order_by().values_list("organisation_id", "folded")
        for pk, name in others.iterator(chunk_size=5000):
            if pk in places and name:
                self.names.setdefault(name, []).append((pk, *places[pk]))


def _terms(model: Any) -> dict[str, Any]:
    found = {}
    for term in model.objects.all():
        found.update({fold(term.name): term, fold(term.name_en): term, fold(term.code): term})
    return found
