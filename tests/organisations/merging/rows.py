"""Rows of any model, made by asking the model: a relation that is added later is tried without a new line here."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from django.db import models

_numbers = count(1)
MOMENT = datetime(2021, 4, 28, 9, 0, tzinfo=UTC)
# What a constraint demands beside the fields that may not be empty.
_ALSO: dict[str, dict[str, Any]] = {
    "meetings.registration": {"confirmed_at": MOMENT},
    "videoconferences.themerank": {"place": 1},
}


def a_row(model: type[models.Model], known: dict[type, Any], **fixed: Any) -> Any:
    """A row of the model with whatever it demands; ``known`` holds a record of models that are made elsewhere."""
    values = {**_ALSO.get(model._meta.label_lower, {}), **fixed}
    for field in model._meta.concrete_fields:
        if field.name in values or field.primary_key or field.has_default() or field.generated:
            continue
        if field.null or getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
            continue
        if isinstance(field, models.ForeignKey):
            target = field.related_model
            values[field.name] = known.get(target) or a_row(target, known)
        elif not field.blank or field.unique:
            values[field.name] = _value(field)
    return model._base_manager.create(**values)


def _value(field: Any) -> Any:
    number = next(_numbers)
    if field.choices:
        return field.flatchoices[0][0]
    match field:
        case models.EmailField():
            return f"rand{number}@example.org"
        case models.FileField():
            return f"rand-{number}.csv"
        case models.CharField() | models.TextField():
            return f"rand-{number}"[: field.max_length]
        case models.DateTimeField():
            return MOMENT
        case models.DateField():
            return date(2021, 1, 1 + number % 28)
        case models.JSONField():
            return {}
        case models.PositiveSmallIntegerField():
            return 2000 + number % 100
        case models.IntegerField():
            return number
        case models.BooleanField():
            return False
    raise AssertionError(f"Say how a value of {field} is made.")
