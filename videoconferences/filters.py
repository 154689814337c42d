"""What may be typed into the addresses of the calendar (filters, list or month) and of the conclusions."""

import calendar as python_calendar
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.numerals import edition_name
from core.territory.selectors import counties, regions
from core.text import fold, normalise
from meetings.choices import ParticipantLevel
from videoconferences.choices import ConclusionKind, FollowUp
from videoconferences.models import Conclusion, Videoconference
from videoconferences.selectors.calendar import FILTERS, Chosen
from videoconferences.selectors.conclusions import editions_concluded, themes_concluded, with_words

MONTH = "luna"
MAX_VALUES = 50
MAX_WORDS = 8
_MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Question:
    """What an address of the calendar asks for. Codes that nothing has are left aside, never an error."""

    chosen: Chosen = field(default_factory=dict)
    is_month: bool = False
    month: date | None = None
    page: int = 1

    def query(
        self, *, without: tuple[str, str] | None = None, month: date | None = None, page: int = 1
    ) -> str:
        """The parameters of this question in one order, without one choice, or of another month or page."""
        query = QueryDict(mutable=True)
        for name in FILTERS:
            for code in self.chosen.get(name, ()):
                if (name, code) != without:
                    query.appendlist(name, code)
        if self.is_month:
            query["vedere"] = MONTH
            shown = month or self.month
            if shown:
                query["luna"] = f"{shown:%Y-%m}"
        if page > 1:
            query["pagina"] = str(page)
        return f"?{query.urlencode()}" if query else ""


def read_question(query: QueryDict, *, themes: Iterable[str], years: Iterable[str]) -> Question:
    """The question of an address; ``themes`` and ``years`` are the codes that something has."""
    known = {
        "regiune": {region.slug for region in regions()},
        "judet": {county.code for county in counties()},
        "tema": set(themes),
        "editie": set(years),
    }
    slugs = {region.code: region.slug for region in regions()}
    chosen: Chosen = {}
    for name in FILTERS:
        values = [value.strip()[:60] for value in query.getlist(name)[:MAX_VALUES]]
        if name == "regiune":
            # The official code (NUTS, as in RO12) leads to the same question as the word of our addresses.
            values = [slugs.get(value.upper(), value.lower()) for value in values]
        if name == "judet":
            values = [value.upper() for value in values]
        codes = sorted({value for value in values if value in known[name]})
        if codes:
            chosen[name] = codes
    found = _MONTH.fullmatch(query.get("luna", "")[:10])
    return Question(
        chosen=chosen,
        is_month=query.get("vedere") == MONTH,
        month=date(int(found[1]), int(found[2]), 1) if found else None,
        page=_page(query.get("pagina", "")),
    )


def _page(text: str) -> int:
    return max(1, int(text)) if re.fullmatch(r"[0-9]{1,6}", text, re.ASCII) else 1


class CalendarFilterForm(forms.Form):
    """The groups of filters beside the calendar; each shows only choices that would find something."""

    regiune = forms.MultipleChoiceField(label=_("Development region"), widget=forms.CheckboxSelectMultiple)
    editie = forms.MultipleChoiceField(label=_("Edition"), widget=forms.CheckboxSelectMultiple)
    tema = forms.MultipleChoiceField(label=_("Theme"), widget=forms.CheckboxSelectMultiple)
    judet = forms.MultipleChoiceField(label=_("County"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, chosen: Chosen, choices: Mapping[str, Iterable[tuple[str, str]]]) -> None:
        super().__init__(initial=chosen)
        for name, values in choices.items():
            self.fields[name].choices = list(values)  # type: ignore[attr-defined]


def weeks_of(month: date) -> list[list[date]]:
    """The weeks of a month, Monday first, filled with the days of its neighbours."""
    return python_calendar.Calendar(firstweekday=0).monthdatescalendar(month.year, month.month)


CONCLUSION_PARAMETERS = ("q", "fel", "tema", "nivel", "regiune", "judet", "editie", "urmare")


class _CodesField(forms.MultipleChoiceField):
    """Codes that :func:`read_conclusion_query` has let through already."""

    widget = forms.CheckboxSelectMultiple

    def validate(self, value: Any) -> None:
        """Nothing is left to refuse."""


class _Codes(django_filters.Filter):
    """Several codes of one filter: any of them."""

    field_class = _CodesField

    def __init__(self, *, label: Any, condition: Callable[[list[str]], Q]) -> None:
        super().__init__(label=label, required=False)
        self.condition = condition

    def filter(self, qs: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        return qs.filter(self.condition(value)) if value else qs


def _held_for(codes: list[str]) -> Q:
    """Conclusions of videoconferences for these counties: named ones, else all of the videoconference's regions."""
    named = Videoconference.counties.through.objects
    regions_with = Videoconference.regions.through.objects.filter(region__counties__code__in=codes)
    of_counties = named.filter(county__code__in=codes).values("videoconference")
    any_named = named.values("videoconference")
    return Q(videoconference__in=of_counties) | (
        Q(videoconference__in=regions_with.values("videoconference")) & ~Q(videoconference__in=any_named)
    )


def _in_regions(codes: list[str]) -> Q:
    through = Videoconference.regions.through.objects.filter(region__slug__in=codes)
    return Q(videoconference__in=through.values("videoconference"))


class ConclusionFilter(django_filters.FilterSet):
    """The filters of the conclusions; what makes no sense in an address is left aside, never an error."""

    q = django_filters.CharFilter(label=_("Words of the conclusion"), method="by_text")
    fel = _Codes(label=_("Kind"), condition=lambda codes: Q(kind__in=codes))
    tema = _Codes(label=_("Theme"), condition=lambda codes: Q(theme__code__in=codes))
    nivel = _Codes(label=_("Level"), condition=lambda codes: Q(level__in=codes))
    regiune = _Codes(label=_("Development region"), condition=_in_regions)
    judet = _Codes(label=_("County"), condition=_held_for)
    editie = _Codes(label=_("Edition"), condition=lambda codes: Q(videoconference__edition__year__in=codes))
    urmare = _Codes(label=_("Follow-up"), condition=lambda codes: Q(follow_up_state__in=codes))

    class Meta:
        model = Conclusion
        fields: list[str] = []

    def __init__(self, query: QueryDict, queryset: QuerySet[Conclusion]) -> None:
        self.known = _conclusion_choices()
        self.chosen = read_conclusion_query(query, self.known)
        super().__init__(self.chosen, queryset)
        for name, choices in self.known.items():
            self.form.fields[name].choices = list(choices.items())  # type: ignore[attr-defined]

    def by_text(self, found: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """By every word of the text; a text of signs only finds nothing."""
        words = fold(value).split()[:MAX_WORDS]
        return with_words(found, words) if words else found.none()

    def labels(self) -> Iterator[tuple[str, str, str]]:
        """Every choice that was made: its filter, its code, its words."""
        for name, choices in self.known.items():
            for code in self.chosen.getlist(name):
                yield name, code, choices[code]


def read_conclusion_query(query: QueryDict, known: Mapping[str, Mapping[str, str]]) -> QueryDict:
    """The parameters that mean something, in one order."""
    chosen = QueryDict(mutable=True)
    text = " ".join(normalise(query.get("q", "")[:400]).split())[:100]
    if text:
        chosen["q"] = text
    for name, choices in known.items():
        by_fold = {code.lower(): code for code in choices}
        values = {by_fold.get(value.strip().lower()) for value in query.getlist(name)[:MAX_VALUES]}
        for code in choices:
            if code in values:
                chosen.appendlist(name, code)
    return chosen


def _conclusion_choices() -> dict[str, dict[str, str]]:
    """Choices by filter, code to words; two queries."""
    language = get_language() or "ro"
    return {
        "fel": {str(code): str(label) for code, label in ConclusionKind.choices},
        "editie": {
            str(edition.year): f"{edition_name(edition.number, language)}, {edition.year}"
            for edition in editions_concluded()
        },
        "tema": {theme.code: theme.label for theme in themes_concluded()},
        "nivel": {str(code): str(label) for code, label in ParticipantLevel.choices},
        "regiune": {region.slug: region.label for region in regions()},
        "judet": {county.code: county.name for county in counties()},
        "urmare": {str(code): str(label) for code, label in FollowUp.choices},
    }
