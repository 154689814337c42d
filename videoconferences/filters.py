"""What may be typed into the calendar's address: filters, and list or month."""

import calendar as python_calendar
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.territory.selectors import counties, regions
from videoconferences.selectors.calendar import FILTERS, Chosen

MONTH = "luna"
MAX_VALUES = 50
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
