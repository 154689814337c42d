"""What may be typed into the registry's address: search text and filters."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.text import fold, normalise
from organisations.choices import LegalForm, Level
from organisations.models import Domain, Organisation
from organisations.selectors.involvement import public_mandates
from organisations.selectors.vocabulary import COUNTRY, Vocabulary

MAX_TEXT: Final = 200
MAX_VALUES: Final = 50
# In the order in which they stand in an address, so that one state of the list has one address.
FILTERS: Final = (
    "regiune",
    "judet",
    "localitate",
    "zona",
    "domeniu",
    "forma",
    "nivel",
    "beneficiari",
    "odd",
    "promotor",
)
_CODE = re.compile(r"[A-Za-z0-9-]{1,40}")
_YEAR = re.compile(r"20[0-9]{2}")


@dataclass(frozen=True)
class RegistryQuestion:
    """What an address of the registry asks for: text, chosen codes a filter, page; and what makes no sense."""

    text: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    page: int = 1
    refused: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.text and not self.chosen

    def address(self, *, page: int = 1, without: tuple[str, str] | None = None, **changes: Any) -> str:
        """The canonical query of this question: "?judet=BV&pagina=2"; a page of 1 and what is empty are left out."""
        query = self.query(page=page, without=without, **changes)
        return f"?{query.urlencode()}" if query else ""

    def query(self, *, page: int = 1, without: tuple[str, str] | None = None, **changes: Any) -> QueryDict:
        """The same as parameters: known ones only, in one order."""
        text = changes.get("text", self.text)
        chosen = changes.get("chosen", self.chosen)
        query = QueryDict(mutable=True)
        if text:
            query["q"] = text
        for name in FILTERS:
            for code in sorted(chosen.get(name, ())):
                if (name, code) != without:
                    query.appendlist(name, code)
        if page > 1:
            query["pagina"] = str(page)
        return query


def clean_text(text: str) -> str:
    """Search text as it is looked for: no control or direction marks, one space between words, 200 characters."""
    return " ".join(normalise(text[: 4 * MAX_TEXT]).split())[:MAX_TEXT].strip()


def read_question(query: QueryDict, words: Vocabulary) -> RegistryQuestion:
    """The question of an address; codes that nothing has are set aside in ``refused``, never an error."""
    known = _known_codes(words)
    slugs = {region.code: slug for slug, region in words.regions.items()}
    chosen: dict[str, tuple[str, ...]] = {}
    refused: list[str] = []
    for name in FILTERS:
        codes: dict[str, None] = {}
        for value in query.getlist(name)[:MAX_VALUES]:
            value = value.strip()
            code = value.upper() if name in ("judet", "zona") else value
            if not value:
                continue
            if name == "regiune":
                # The official code (NUTS, as in RO12) leads to the same question as the word of our addresses.
                code = slugs.get(value.upper(), value.lower())
            if _CODE.fullmatch(code) and _is_known(name, code, known):
                codes[code] = None
            else:
                refused.append(clean_text(value)[:40])
        if codes:
            chosen[name] = tuple(codes)
    return RegistryQuestion(
        text=clean_text(query.get("q", "")),
        chosen=chosen,
        page=read_page(query.get("pagina", "")),
        refused=tuple(dict.fromkeys(refused))[:5],
    )


def read_page(text: str) -> int:
    """The page that was asked for; 1 for what is no page, a number too long to be one counts as the last."""
    if not re.fullmatch(r"[0-9]+", text, re.ASCII):
        return 1
    return max(1, int(text[:9]))


def canonical_pairs(query: QueryDict) -> list[tuple[str, str]] | None:
    """The query in canonical order, for the page cache; None for one that is not to be kept."""
    if any(name not in ("q", "pagina", *FILTERS) for name in query):
        return None
    pairs = [("q", clean_text(query.get("q", "")))] if query.get("q") else []
    for name in FILTERS:
        values = {value.strip() for value in query.getlist(name)} - {""}
        if not all(_CODE.fullmatch(value) for value in values):
            return None
        pairs += [(name, value) for value in sorted(values)]
    pairs.append(("pagina", str(read_page(query.get("pagina", "")))))
    return pairs if len(pairs) <= MAX_VALUES else None


def _known_codes(words: Vocabulary) -> dict[str, Iterable[str]]:
    return {
        "regiune": words.regions,
        "judet": words.counties,
        "zona": words.counties,
        "domeniu": words.domains,
        "beneficiari": words.beneficiaries,
        "odd": words.goals,
        "forma": LegalForm.values,
        "nivel": Level.values,
    }


def _is_known(name: str, code: str, known: Mapping[str, Iterable[str]]) -> bool:
    if name == "promotor":
        return bool(_YEAR.fullmatch(code))
    # Localities are too many to be read for each page; one that does not exist finds nothing.
    return name == "localitate" or code in known[name]


class CodesField(forms.MultipleChoiceField):
    """Codes that :func:`read_question` has let through already."""

    def validate(self, value: list[str]) -> None:
        """Nothing is left to refuse."""


class ChosenFilter(django_filters.Filter):
    """Several codes of one filter: any of them."""

    field_class = CodesField

    def __init__(self, *, label: Any, condition: Callable[[list[str]], Q]) -> None:
        super().__init__(label=label, required=False)
        self.condition = condition

    def filter(self, qs: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        return qs.filter(self.condition(value)) if value else qs


def _through(field_name: str, **lookups: Any) -> Q:
    """Organisations with a row in a many-to-many table; a subquery, so that none comes twice."""
    through = Organisation._meta.get_field(field_name).remote_field.through  # type: ignore[union-attr]
    return Q(pk__in=through.objects.filter(**lookups).values("organisation_id"))


def _in_domain(codes: list[str]) -> Q:
    # A domain holds its children: choosing "Educație" finds "Educație pentru voluntariat" too.
    found = Domain.objects.filter(Q(code__in=codes) | Q(parent__code__in=codes))
    return _through("domains", domain__in=found.order_by().values("pk"))


class RegistryFilter(django_filters.FilterSet):
    """The filters of the registry over organisations that the reader may see.

    Promoters are found by the reverse name of their mandates: this app knows that editions point at it, not
    what they are (docs/decisions/0005-reverse-relations.md).
    """

    q = django_filters.CharFilter(label=_("Name, acronym or CUI"), method="by_text")
    regiune = ChosenFilter(
        label=_("Region of the seat"),
        condition=lambda codes: Q(county__region__slug__in=codes),
    )
    judet = ChosenFilter(
        label=_("County of the seat"),
        condition=lambda codes: Q(county__code__in=codes, county__country=COUNTRY),
    )
    localitate = ChosenFilter(
        label=_("Locality of the seat"),
        condition=lambda codes: Q(seat__code__in=codes, seat__country=COUNTRY),
    )
    zona = ChosenFilter(
        label=_("Active in the county"),
        condition=lambda codes: _through(
            "activity_counties", county__code__in=codes, county__country=COUNTRY
        ),
    )
    domeniu = ChosenFilter(label=_("Domain"), condition=_in_domain)
    forma = ChosenFilter(label=_("Legal form"), condition=lambda codes: Q(legal_form__in=codes))
    nivel = ChosenFilter(label=_("Level of activity"), condition=lambda codes: Q(level__in=codes))
    beneficiari = ChosenFilter(
        label=_("Beneficiaries"),
        condition=lambda codes: _through("beneficiaries", beneficiarygroup__code__in=codes),
    )
    odd = ChosenFilter(
        label=_("Sustainable development goal"),
        condition=lambda codes: _through("goals", sustainablegoal__code__in=codes),
    )
    promotor = ChosenFilter(label=_("Promoter of the edition"), condition=lambda codes: _promoters(codes))

    class Meta:
        model = Organisation
        fields: list[str] = []

    def by_text(self, found: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """By every word of the text; a text of signs only finds nothing, no text finds all."""
        if value and not fold(value) and not any(map(str.isalpha, value)):
            return found.filter(pk=0)
        return found.named_like(value) if value else found  # type: ignore[attr-defined]

    def without(self, name: str) -> QuerySet[Any]:
        """Organisations by all filters but one: what the choices of that one would find."""
        found = self.queryset.all()
        for other, value in self.form.cleaned_data.items():
            if other != name:
                found = self.filters[other].filter(found, value)
        return found


def _promoters(years: list[str]) -> Q:
    return Q(pk__in=public_mandates().filter(edition__year__in=years).values("organisation_id"))
