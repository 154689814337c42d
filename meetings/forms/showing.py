"""What stands in a form, in words: on the page of the team, and beside what another person saved meanwhile."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.dates import clock, long_date, long_datetime
from meetings.forms.rows import RowsForm


@dataclass(frozen=True)
class ShownRow:
    """One value in words."""

    label: str
    text: str


@dataclass(frozen=True)
class Difference:
    """A value that two people would have otherwise."""

    label: str
    stored: str
    typed: str


def mark_of(initial: Any) -> str:
    """A mark of what is stored; whoever saves sends it back, so that nobody writes over what they have not seen."""
    text = json.dumps(initial, cls=_Encoder, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


class _Encoder(DjangoJSONEncoder):
    def default(self, value: Any) -> Any:
        if isinstance(value, Model):
            return [value._meta.label, str(value.pk)]
        if isinstance(value, Iterable):
            return list(value)
        return super().default(value)


def rows_of(form: forms.Form, initial: Any) -> list[ShownRow]:
    """What is stored, field by field; empty values are left out."""
    if isinstance(form, RowsForm):
        return [
            ShownRow(f"{form.row_label} {number}", _row_text(form, row))
            for number, row in enumerate(initial, start=1)
        ]
    shown = []
    for name, field in form.fields.items():
        text = value_text(field, initial.get(name))
        if text:
            shown.append(ShownRow(str(field.label), text))
    return shown


def differences(form: forms.Form, initial: Any) -> list[Difference]:
    """Where what is stored now and what was typed part, in words."""
    if isinstance(form, RowsForm):
        stored = [_row_text(form, row) for row in initial]
        typed = [_row_text(form, row) for row in form.cleaned_data.get("rows", [])]
        longest = max(len(stored), len(typed))
        pairs = zip(_padded(stored, longest), _padded(typed, longest), strict=True)
        return [
            Difference(f"{form.row_label} {number}", one or "–", other or "–")
            for number, (one, other) in enumerate(pairs, start=1)
            if one != other
        ]
    found = []
    for name, field in form.fields.items():
        one, other = value_text(field, initial.get(name)), value_text(field, form.cleaned_data.get(name))
        if one != other:
            found.append(Difference(str(field.label), one or "–", other or "–"))
    return found


def value_text(field: forms.Field, value: Any) -> str:
    """One value as a page says it."""
    language = get_language() or "ro"
    if isinstance(field, forms.BooleanField):
        return _("yes") if value else _("no")
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        return _choice_text(field, value)
    match value:
        case None | "":
            return ""
        case datetime():
            return long_datetime(localtime(value), language)
        case date():
            return long_date(value, language)
        case time():
            return clock(datetime.combine(date(2000, 1, 1), value), language)
        case str():
            return value
        case Iterable():
            return ", ".join(str(each) for each in value)
    return str(value)


def _choice_text(field: forms.ChoiceField, value: Any) -> str:
    if isinstance(value, bool) and isinstance(field, forms.TypedChoiceField):
        wanted = {str(key) for key, _label in _pairs(field) if field.coerce(key) == value}
    elif isinstance(value, list | tuple | set):
        wanted = {str(each) for each in value}
    else:
        wanted = {str(value)}
    return ", ".join(str(label) for key, label in _pairs(field) if str(key) in wanted and key != "")


def _pairs(field: forms.ChoiceField) -> list[tuple[Any, Any]]:
    return list(field.choices)  # type: ignore[arg-type]


def _row_text(form: RowsForm, row: Mapping[str, Any]) -> str:
    texts = [value_text(field, row.get(name)) for name, field in form.row_fields.items() if name != "order"]
    return " · ".join(text for text in texts if text)


def _padded(texts: list[str], length: int) -> list[str]:
    return texts + [""] * (length - len(texts))
