"""Every relation that leads to an organisation, found by asking the models: one added later is found too."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from core.models import StateChange


@dataclass(frozen=True)
class Relation:
    """A column of some table that holds the key of a record of another."""

    model: type[models.Model]
    field: models.Field[Any, Any]

    @property
    def label(self) -> str:
        """Name in the counts of a merge: "videoconferences.coorganiser.organisation"."""
        return f"{self.model._meta.label_lower}.{self.field.name}"

    @property
    def is_history(self) -> bool:
        """Whether the table keeps former versions of rows."""
        return hasattr(self.model, "history_type")

    @property
    def is_link(self) -> bool:
        """Whether the table is only the link of a many-to-many field."""
        return bool(self.model._meta.auto_created)

    def rows_of(self, record: models.Model) -> models.QuerySet[Any]:
        return self.model._base_manager.filter(**{self.field.name: record.pk}).order_by("pk")


def relations_to(target: type[models.Model]) -> list[Relation]:
    """Every foreign key and one-to-one to the model, of links of many-to-many fields and of histories too."""
    found = [
        Relation(field.related_model, field.field)  # type: ignore[arg-type, union-attr]
        for field in target._meta.get_fields(include_hidden=True)
        if field.auto_created and not field.concrete and (field.one_to_many or field.one_to_one)
    ]
    return sorted(found, key=lambda relation: relation.label)


def mentions_of(target: type[models.Model]) -> Iterator[tuple[type[models.Model], dict[str, Any]]]:
    """Models that name a record by kind and number, with the filter for this kind; the steps of states stay apart."""
    kind = ContentType.objects.get_for_model(target)
    for model in apps.get_models():
        names = {field.name for field in model._meta.concrete_fields}
        if model is not StateChange and {"content_type", "object_id"} <= names and not _is_foreign(model):
            yield model, {"content_type": kind}


def _is_foreign(model: type[models.Model]) -> bool:
    """Tables of libraries (the admin's own log) tell what was then."""
    return model._meta.app_config.name.startswith("django.")


def twin_of(row: models.Model, field: models.Field[Any, Any], kept: models.Model) -> models.Model | None:
    """The row of the kept record that the database would not let stand beside this one, None when there is none."""
    for names, condition in _uniqueness(type(row)):
        if field.name not in names:
            continue
        same = {name: getattr(row, _stored(row, name)) for name in names if name != field.name}
        if any(value is None for value in same.values()):
            continue
        rows = type(row)._base_manager.exclude(pk=row.pk)
        if condition is not None:
            if not type(row)._base_manager.filter(condition, pk=row.pk).exists():
                continue
            rows = rows.filter(condition)
        found = rows.filter(**same, **{field.name: kept.pk}).first()
        if found is not None:
            return found
    return None


def _stored(row: models.Model, name: str) -> str:
    """The attribute that holds what the column holds: of a foreign key its number."""
    return str(getattr(row._meta.get_field(name), "attname", name))


def _uniqueness(model: type[models.Model]) -> Iterator[tuple[tuple[str, ...], Q | None]]:
    for field in model._meta.concrete_fields:
        if field.unique:
            yield (field.name,), None
    for names in model._meta.unique_together:
        yield tuple(names), None
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and constraint.fields:
            yield tuple(constraint.fields), constraint.condition
