"""Figures of the last year (row O12): counts only; an empty answer is "not said", never zero."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from core.numerals import format_number
from organisations.choices import AgeGroup, Sex
from organisations.models import Domain
from organisations.models.figures import MOST
from organisations.questions.base import Answers, StepForm, YesNo


class _Count(forms.IntegerField):
    """A number as people write it: 1.200, 1 200."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(min_value=0, max_value=MOST, required=False, widget=widget, **options)
        self.error_messages["invalid"] = _("Write a whole number, or leave it empty.")

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str):
            value = "".join(value.replace(".", "").split())
        return super().to_python(value)


def count_name(age: str, sex: str) -> str:
    """Name of the field that counts one group of volunteers."""
    return f"volunteers_{age}_{sex}"


def hours_name(code: str) -> str:
    """Name of the field that counts the hours in one domain."""
    return f"hours_{code}"


class FiguresForm(StepForm):
    """Volunteers by age and sex, hours by domain, employees, what the law asks to be kept; all may stay empty.

    Hours are asked for the chosen domains of the law, or for all of them while none is chosen.
    """

    key = "figures"
    word = "cifre"
    label = _("Figures")
    heading = _("Your volunteering in figures")
    template = "organisations/enrolment/figures.html"
    optional = True

    employees = _Count(label=_("Employees"))
    has_coordinator = YesNo(label=_("Do you have a coordinator of volunteers?"))
    keeps_contracts = YesNo(
        label=_("Do you sign volunteering contracts?"), help_text=_("Legea 78/2014, art. 11.")
    )
    keeps_register = YesNo(label=_("Do you keep the register of volunteers?"))

    def prepare(self) -> None:
        for age in AgeGroup:
            for sex in Sex:
                self.fields[count_name(age, sex)] = _Count(label=f"{age.label}, {sex.label}")
        chosen = set(self.answers.get("domains", {}).get("domains") or ())
        domains: list[Any] = list(Domain.objects.active())
        tops = {each.pk for each in domains if each.code in chosen and each.parent_id is None}
        tops |= {each.parent_id for each in domains if each.code in chosen and each.parent_id}
        self.domains = [each for each in domains if each.parent_id is None and (not tops or each.pk in tops)]
        for domain in self.domains:
            self.fields[hours_name(domain.code)] = _Count(label=domain.label)

    @property
    def year(self) -> int:
        """The year that is asked about."""
        return year_of(self.answers)

    @property
    def count_rows(self) -> list[tuple[str, list[tuple[forms.BoundField, str]]]]:
        """The table of volunteers, row by row: each field with the word for the sex."""
        return [
            (str(age.label), [(self[count_name(age, sex)], str(sex.label)) for sex in Sex])
            for age in AgeGroup
        ]

    @property
    def hours(self) -> list[forms.BoundField]:
        return [self[hours_name(domain.code)] for domain in self.domains]

    def reading(self) -> list[tuple[str, str]]:
        def numbers(fields: Iterable[forms.BoundField]) -> str:
            return "; ".join(f"{each.label}: {self.words(each)}" for each in fields if each.value())

        volunteers = [bound for _age, row in self.count_rows for bound, _sex in row]
        total = sum(getattr(self, "cleaned_data", {}).get(each.name) or 0 for each in volunteers)
        rows = [
            (_t("Volunteers, by age"), numbers(volunteers)),
            (_t("Hours, by domain"), numbers(self.hours)),
        ]
        if total:
            rows.insert(0, (_t("Volunteers"), format_number(total, get_language() or "ro")))
        named = ("employees", "has_coordinator", "keeps_contracts", "keeps_register")
        said = [
            (str(self[name].label), self.words(self[name]) if self[name].value() else "") for name in named
        ]
        return [(_t("Year"), str(self.year)), *rows, *said]

    @classmethod
    def fields_kept(cls) -> Iterable[str]:
        counts = [count_name(age, sex) for age in AgeGroup for sex in Sex]
        codes = Domain.objects.filter(parent=None).values_list("code", flat=True)
        return [*cls.base_fields, *counts, *(hours_name(code) for code in codes), "year"]


def year_of(answers: Answers) -> int:
    """The year that was asked about, kept with the answers; without them, or with nonsense, the last that ended."""
    stored = str(answers.get("figures", {}).get("year", ""))
    year = int(stored) if stored.isascii() and stored.isdigit() and len(stored) == 4 else 0
    return year if 2000 <= year <= last_year() else last_year()


def last_year() -> int:
    """The last year that ended, in Bucharest."""
    return timezone.localdate().year - 1
