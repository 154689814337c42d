"""The words by which the registry is filtered, read at once and kept with the version of the data."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, F, IntegerField, TextField, Value
from django.db.models.functions import Cast
from django.utils.translation import get_language

from core.pagecache import kept
from core.territory.models import County, Region
from organisations.models import BeneficiaryGroup, Domain, SustainableGoal

COUNTRY = "RO"


@dataclass(frozen=True, slots=True)
class Word:
    """One choice of a filter: ``parent`` is the domain above a domain, or the region of a county."""

    pk: int
    code: str
    name: str
    name_en: str
    parent: int | None
    slug: str

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name_en if self.name_en and get_language() == "en" else self.name

    @property
    def county_name(self) -> str:
        """A county with its kind: "județul Brașov", "municipiul București"."""
        return County(country_id=COUNTRY, code=self.code, name=self.name).full_name


@dataclass(frozen=True)
class Vocabulary:
    """Regions by slug, all others by code, each in its own order."""

    regions: dict[str, Word] = field(default_factory=dict)
    counties: dict[str, Word] = field(default_factory=dict)
    domains: dict[str, Word] = field(default_factory=dict)
    beneficiaries: dict[str, Word] = field(default_factory=dict)
    goals: dict[str, Word] = field(default_factory=dict)

    def county(self, pk: int | None) -> Word | None:
        return next((county for county in self.counties.values() if county.pk == pk), None)


def vocabulary(version: str = "") -> Vocabulary:
    """All words in one query; closed terms too, since records and old addresses keep them."""
    return kept(version, "registry-vocabulary", _read)


def _read() -> Vocabulary:
    words = Vocabulary()
    # "ă" sorts after "z" by bytes, so counties and regions bring their order key.
    for kind, _order, _key, pk, code, name, name_en, parent, slug in _query():
        by_kind: dict[str, Word] = getattr(words, kind)
        by_kind[slug if kind == "regions" else code] = Word(pk, code, name, name_en, parent, slug)
    return words


def _query() -> Any:
    def terms(model: Any, kind: str, parent: Any) -> Any:
        return (
            model.objects.annotate(
                kind=Value(kind, CharField()),
                order=F("position"),
                key=Cast("code", TextField()),
                above=parent,
            )
            .order_by()
            .values_list("kind", "order", "key", "pk", "code", "name", "name_en", "above", "code")
        )

    def places(model: Any, kind: str, parent: Any, english: Any) -> Any:
        return (
            model.objects.filter(country=COUNTRY)
            .annotate(
                kind=Value(kind, CharField()),
                order=Value(0, IntegerField()),
                key=Cast("order_key", TextField()),
                english=english,
                above=parent,
            )
            .order_by()
            .values_list("kind", "order", "key", "pk", "code", "name", "english", "above", "slug")
        )

    no_parent = Value(None, IntegerField())
    query = terms(Domain, "domains", F("parent_id")).union(
        terms(BeneficiaryGroup, "beneficiaries", no_parent),
        terms(SustainableGoal, "goals", no_parent),
        places(Region, "regions", no_parent, F("name_en")),
        places(County.objects.current().model, "counties", F("region_id"), Value("", CharField())),
        all=True,
    )
    return sorted(query, key=lambda row: (row[1], row[2]))
