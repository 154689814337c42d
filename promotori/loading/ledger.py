"""The merge of a data file with the database: creates, follows the file, and leaves the work of staff alone."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from django.db import models

from core.workflow import remember
from promotori.models import LoadedRecord

Record = TypeVar("Record", bound=models.Model)


class Ledger:
    """One load of one source, inside the caller's transaction.

    ``created`` and ``updated`` are sentences about what the load wrote; ``kept`` about what differs from the file
    because people changed or deleted it in the portal. ``reason`` is a sentence in Romanian that staff read in the
    history of what was loaded. A record created beforehand by people is adopted: its empty
    fields are filled, the others kept.
    """

    def __init__(self, source: str, *, reason: str) -> None:
        self.source = source
        self.reason = reason
        self.created: list[str] = []
        self.updated: list[str] = []
        self.kept: list[str] = []
        self._rows = {row.key: row for row in LoadedRecord.objects.filter(source=source)}

    def forget(self) -> None:
        """Drop everything remembered about the source: the next records are loaded as if for the first time."""
        LoadedRecord.objects.filter(source=self.source).delete()
        self._rows = {}

    def known(self, key: str, model: type[Record]) -> Record | None:
        """The record loaded under this key before, if it is still there."""
        row = self._rows.get(key)
        return model._default_manager.filter(pk=row.object_id).first() if row else None

    def bring(
        self,
        key: str,
        model: type[Record],
        *,
        existing: Record | None,
        values: Mapping[str, Any],
        initial: Mapping[str, Any] | None = None,
        state: str = "",
    ) -> Record | None:
        """Bring one record to the file's values and return it; ``None`` when staff deleted it.

        ``existing`` is a record found by its natural key, used only when the key was never loaded. ``initial``
        holds values for a new record alone; ``state`` names its workflow field, whose entry goes to the history.
        """
        row = self._rows.get(key)
        if row is None and existing is None:
            record = self._create(key, model, {**values, **(initial or {})}, state)
        elif row is None:
            assert existing is not None  # noqa: S101
            record = self._merge(
                key, existing, values, {name: _plain(empty) for name, empty in _empty(values)}
            )
        else:
            found = self.known(key, model)
            if found is None:
                self.kept.append(f"{key}: deleted in the portal, not loaded again")
                return None
            record = self._merge(key, found, values, row.values)
        self._remember(key, record, {name: _plain(value) for name, value in values.items()})
        return record

    def bring_links(self, key: str, record: models.Model, field: str, wanted: Iterable[models.Model]) -> None:
        """Bring a many-to-many field to the file's set, unless staff changed it since."""
        key = f"{key}/{field}"
        manager = getattr(record, field)
        target = sorted(item.pk for item in wanted)
        present = sorted(manager.values_list("pk", flat=True))
        row = self._rows.get(key)
        if present != target:
            if present == (row.values.get("pks", []) if row else []):
                manager.set(target)
                (self.updated if row else self.created).append(f"{key}: {len(target)} links")
            else:
                self.kept.append(f"{key}: links changed in the portal")
        self._remember(key, record, {"pks": target})

    def _create(self, key: str, model: type[Record], values: Mapping[str, Any], state: str) -> Record:
        record = model(**values)
        record._change_reason = self.reason  # type: ignore[attr-defined]
        record.save()
        if state:
            target = getattr(record, state)
            remember(record, name="load", source="", target=target, actor=None, reason=self.reason)
        self.created.append(f"{key}: {record}")
        return record

    def _merge(
        self, key: str, record: Record, values: Mapping[str, Any], baseline: Mapping[str, Any]
    ) -> Record:
        changed = []
        for name, value in values.items():
            present = _plain(getattr(record, name))
            if present == _plain(value):
                continue
            if name in baseline and present == baseline[name]:
                setattr(record, name, value)
                changed.append(name)
            else:
                self.kept.append(f"{key}: {name} stays {present!r}, the file says {_plain(value)!r}")
        if changed:
            record._change_reason = self.reason  # type: ignore[attr-defined]
            record.save()
            self.updated.append(f"{key}: {', '.join(changed)}")
        return record

    def _remember(self, key: str, record: models.Model, values: dict[str, Any]) -> None:
        row = self._rows.get(key)
        if row is None:
            self._rows[key] = LoadedRecord.objects.create(
                source=self.source, key=key, object_id=record.pk, values=values
            )
        elif row.values != values:
            row.values = values
            row.save(update_fields=["values"])


def _plain(value: Any) -> Any:
    """The value as JSON keeps it, so that file, memory and database compare alike."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value


def _empty(values: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    return ((name, "" if isinstance(value, str) else None) for name, value in values.items())
