"""The filters beside the list: choices with their counts, chosen ones as chips."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.numerals import format_number
from organisations.choices import LegalForm, Level
from organisations.forms.registry import FILTERS, RegistryFilter, RegistryQuestion
from organisations.selectors.facets import Facets
from organisations.selectors.vocabulary import Vocabulary

# Choices that stand open; the others of a group unfold.
SHOWN = 8
OPEN = ("regiune", "judet", "domeniu")


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice: how many it would find, and whether it is chosen."""

    code: str
    label: str
    count: int
    chosen: bool
    is_child: bool = False


# A page has up to 170 choices: as a template of its own each would cost more than the whole rest of the page.
_CHOICE = (
    '<li class="filter-choice{}"><input type="checkbox" name="{}" value="{}" id="{}-{}"{}>'
    '<label for="{}-{}">{} <span class="filter-count">{}</span></label></li>'
)


@dataclass(frozen=True, slots=True)
class Group:
    """One filter with its choices; ``more`` unfold, ``is_open`` says whether the group itself is unfolded."""

    name: str
    label: str
    hint: str
    choices: list[Choice]
    is_open: bool

    @property
    def first(self) -> SafeString:
        """The choices that stand open, as list items."""
        return self._items(self.choices[:SHOWN])

    @property
    def more(self) -> SafeString:
        """The choices that unfold, as list items."""
        return self._items(self.choices[SHOWN:])

    @property
    def more_count(self) -> int:
        return len(self.choices[SHOWN:])

    @property
    def more_open(self) -> bool:
        return any(choice.chosen for choice in self.choices[SHOWN:])

    def _items(self, choices: list[Choice]) -> SafeString:
        language = get_language() or "ro"
        return format_html_join(
            "",
            _CHOICE,
            (
                (
                    " filter-choice-child" if choice.is_child else "",
                    self.name,
                    choice.code,
                    self.name,
                    choice.code,
                    mark_safe(" checked") if choice.chosen else "",
                    self.name,
                    choice.code,
                    choice.label,
                    format_number(choice.count, language) if choice.count > 999 else choice.count,
                )
                for choice in choices
            ),
        )


def filter_groups(question: RegistryQuestion, words: Vocabulary, facets: Facets) -> list[Group]:
    """The groups that have something to choose; a choice that would find nothing is left out, regions stay."""
    hints = {
        "judet": _("Where the organisation has its seat."),
        "zona": _("Where it works, wherever its seat is."),
    }
    groups = []
    for name in FILTERS:
        chosen = set(question.chosen.get(name, ()))
        choices = [
            Choice(code, label, facets.counts[name].get(code, 0), code in chosen, is_child)
            for code, label, is_child in _choices(name, words, facets, chosen)
            if code in chosen or facets.counts[name].get(code) or name == "regiune"
        ]
        if choices and (chosen or any(choice.count for choice in choices)):
            label = str(RegistryFilter.base_filters[name].label)
            is_open = bool(chosen) or name in OPEN
            groups.append(Group(name, label, hints.get(name, ""), choices, is_open))
    return groups


def chosen_chips(question: RegistryQuestion, words: Vocabulary, facets: Facets) -> list[dict[str, str]]:
    """The text and every chosen code, each with the address of the list without it."""
    chips = []
    if question.text:
        chips.append({"label": f"„{question.text}”", "url": question.address(text="") or "?"})
    for name in FILTERS:
        chosen = question.chosen.get(name, ())
        labels = {code: label for code, label, _child in _choices(name, words, facets, set(chosen))}
        for code in chosen:
            label = _chip_label(name, labels.get(code, code), words, code)
            chips.append({"label": label, "url": question.address(without=(name, code)) or "?"})
    return chips


def _chip_label(name: str, label: str, words: Vocabulary, code: str) -> str:
    if name == "judet":
        return words.counties[code].county_name
    if name == "zona":
        return _("active in %(county)s") % {"county": label}
    if name == "promotor":
        return _("promoter %(year)s") % {"year": code}
    return label


def _choices(
    name: str, words: Vocabulary, facets: Facets, chosen: Iterable[str]
) -> list[tuple[str, str, bool]]:
    """Code, label and whether it is a domain below another, in the order in which people look for them."""
    if name == "domeniu":
        return _domains(words)
    kinds: dict[str, Mapping[str, Any]] = {
        "regiune": words.regions,
        "judet": words.counties,
        "zona": words.counties,
        "beneficiari": words.beneficiaries,
        "odd": words.goals,
    }
    if name in kinds:
        return [(code, word.label, False) for code, word in kinds[name].items()]
    if name in ("forma", "nivel"):
        values: Sequence[tuple[str, str | Promise]] = (LegalForm if name == "forma" else Level).choices
        return [(code, str(label), False) for code, label in values]
    if name == "localitate":
        labels = {**{code: code for code in chosen}, **facets.localities}
        return [(code, label, False) for code, label in sorted(labels.items(), key=lambda pair: pair[1])]
    years = {*facets.counts[name], *chosen}
    return [(year, year, False) for year in sorted(years, reverse=True)]


def _domains(words: Vocabulary) -> list[tuple[str, str, bool]]:
    """Each domain of the law followed by those below it."""
    tops = [(code, word) for code, word in words.domains.items() if word.parent is None]
    return [
        entry
        for code, word in tops
        for entry in (
            (code, word.label, False),
            *(
                (below, other.label, True)
                for below, other in words.domains.items()
                if other.parent == word.pk
            ),
        )
    ]
