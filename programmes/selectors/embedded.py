"""Short lists of a record inside the record's own query, so that a page of many lists stays at few queries."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef, QuerySet
from django.db.models.functions import JSONObject

Row = TypeVar("Row", bound=Model)


def embed(rows: QuerySet[Any], parent: str, fields: Sequence[str]) -> ArraySubquery:
    """An annotation with these fields of the rows that point at the record, in the rows' own order."""
    own = rows.filter(**{parent: OuterRef("pk")})
    return ArraySubquery(own.values(embedded=JSONObject(**{name: name for name in fields})))


def unpack(model: type[Row], fields: Iterable[str], values: Iterable[dict[str, Any]] | None) -> list[Row]:
    """The annotation as instances that hold these fields only; they are for showing, never for saving."""
    columns: dict[str, Any] = {name: model._meta.get_field(name) for name in fields}
    return [
        model(**{name: field.to_python(row[name]) for name, field in columns.items()}) for row in values or ()
    ]
