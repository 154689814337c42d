"""Short lists typed row by row in one form: points of an agenda, co-organisers, themes."""

import copy
import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext as _t

from core.text import normalise


class PlanForm(forms.Form):
    """A form of the planning pages: text is stored with the right letters; browsers do not judge before we do."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, value in cleaned.items():
            if isinstance(value, str):
                cleaned[name] = normalise(value).strip()
        return cleaned


class RowsForm(PlanForm):
    """Fields of ``row_fields`` once for each row, named ``<field>_<row>``; a row without ``key_field`` is left out.

    ``initial`` is the list of rows as stored; the form shows ``blank`` empty ones after them, more on request.
    """

    row_fields: Mapping[str, forms.Field] = {}
    key_field = ""
    row_label: str | Promise = ""
    blank = 3
    most = 60

    def __init__(self, data: Any = None, *, initial: Sequence[Mapping[str, Any]] = (), **kwargs: Any) -> None:
        flat = {f"{name}_{number}": row.get(name) for number, row in enumerate(initial) for name in row}
        super().__init__(data, initial=flat, **kwargs)
        self.count = min(self._sent(data) if data is not None else len(initial) + self.blank, self.most)
        for number in range(self.count):
            for name, prototype in self.row_fields.items():
                field = self.row_field(name, prototype, number)
                field.required = False
                self.fields[f"{name}_{number}"] = field

    def row_field(self, name: str, prototype: forms.Field, number: int) -> forms.Field:
        """A field of its own for each row; its label says which row, for the list of errors."""
        field = copy.deepcopy(prototype)
        field.label = f"{prototype.label} ({number + 1})"
        return field

    def _sent(self, data: Mapping[str, Any]) -> int:
        """Rows that came; a button that asks for more adds empty ones."""
        pattern = re.compile(rf"^{re.escape(self.key_field)}_([0-9]{{1,3}})$", re.ASCII)
        numbers = [int(found[1]) for name in data if (found := pattern.match(name))]
        return max(numbers, default=-1) + 1 + (self.blank if data.get("action") == "more" else 0)

    @property
    def rows(self) -> list[dict[str, BoundField]]:
        """The fields of each row, for the template."""
        return [{name: self[f"{name}_{number}"] for name in self.row_fields} for number in range(self.count)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        values = []
        for number in range(self.count):
            row = {name: cleaned.get(f"{name}_{number}") for name in self.row_fields}
            if row[self.key_field]:
                self.clean_row(row, number)
                values.append((self._place(row, number), row))
            elif self._has_more(row, number) and not self._has_error(number):
                self.add_error(
                    f"{self.key_field}_{number}",
                    _t("Fill this in too, or empty the whole row to leave it out."),
                )
        cleaned["rows"] = [row for _place, row in sorted(values, key=lambda each: each[0])]
        return cleaned

    def clean_row(self, row: dict[str, Any], number: int) -> None:
        """What one row must keep to; adds errors at its fields."""

    def _place(self, row: Mapping[str, Any], number: int) -> tuple[int, int]:
        order = row.get("order")
        return (order if order is not None else number + 1, number)

    def _has_more(self, row: Mapping[str, Any], number: int) -> bool:
        return any(
            value not in (None, "")
            for name, value in row.items()
            if name not in ("order", self.key_field, *self.defaults)
        )

    # Fields whose first value says nothing of the row (a choice that is always made).
    defaults: tuple[str, ...] = ()

    def _has_error(self, number: int) -> bool:
        return any(f"{name}_{number}" in self.errors for name in self.row_fields)
