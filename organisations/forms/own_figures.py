"""The figures of one year, with sums that are checked before anything is saved."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from core.numerals import format_number
from organisations.choices import AgeGroup, Sex
from organisations.models.figures import MOST
from organisations.questions.figures import FiguresForm, count_name


class OwnFiguresForm(FiguresForm):
    """As in an enrolment, with a total to check against; the total itself is not kept."""

    def prepare(self) -> None:
        super().prepare()
        self.fields["check_total"] = forms.IntegerField(
            label=_("All volunteers of the year, for checking"),
            help_text=_("If you write it, it must be the sum of the numbers above. It is not kept."),
            required=False,
            min_value=0,
            max_value=MOST * len(AgeGroup),
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            error_messages={"invalid": _("Write a whole number, or leave it empty.")},
        )

    @classmethod
    def fields_kept(cls) -> Iterable[str]:
        return [*super().fields_kept(), "check_total"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        total, said = self.total, cleaned.get("check_total")
        if said is not None and said != (total or 0) and not self.errors:
            language = get_language() or "ro"
            self.add_error(
                "check_total",
                ValidationError(
                    _t("The numbers above make %(sum)s, and you wrote %(said)s. Check which one is right.")
                    % {"sum": format_number(total or 0, language), "said": format_number(said, language)}
                ),
            )
        return cleaned

    @property
    def total(self) -> int | None:
        """All volunteers; None while no number was written."""
        return _sum(self._count(age, sex) for age in AgeGroup for sex in Sex)

    @property
    def rows_with_sums(self) -> list[tuple[str, list[tuple[forms.BoundField, str]], int | None]]:
        """Age, its fields with the sex that each counts, its sum; line by line."""
        sums = [_sum(self._count(age, sex) for sex in Sex) for age in AgeGroup]
        return [(age, row, total) for (age, row), total in zip(self.count_rows, sums, strict=True)]

    @property
    def hours_total(self) -> int | None:
        return _sum(self._number(bound.name) for bound in self.hours)

    @property
    def plain(self) -> list[forms.BoundField]:
        """Questions that stand outside the tables."""
        return [self[name] for name in ("employees", "has_coordinator", "keeps_contracts", "keeps_register")]

    def _count(self, age: str, sex: str) -> int | None:
        return self._number(count_name(age, sex))

    def _number(self, name: str) -> int | None:
        """The number that was written, where it is one."""
        if not self.is_bound:
            return None
        try:
            number: int | None = self.fields[name].clean(self[name].value())
        except ValidationError:
            return None
        return number


def _sum(numbers: Iterable[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None
