"""Lines of a file enter the registry: each once, many in one go (decision 15)."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from core.territory.models import County
from core.text import Fold, fold
from organisations.choices import LineKind, LineOutcome, RegisterStatus
from organisations.models import FormerSlug, ImportLine, Organisation, RegistryImport
from organisations.naming import free_slugs
from organisations.services.importing import ENTERING

if TYPE_CHECKING:
    from core.accounts.models import User

BATCH: Final = 200
_LISTS: Final = frozenset({"activity_counties", "domains", "beneficiaries", "goals"})
_LINKS: Final = frozenset({"seat", "county", "parent"})


@transaction.atomic
def apply_batch(*, registry_import: RegistryImport, actor: "User | None") -> int:
    """Applies the next lines in one transaction and returns how many; none when all are done.

    A line whose record changed since it was read, or whose organisation entered meanwhile, is left alone and says so.
    What the database refuses stops that line only. Each record gets its version in the history, with actor and line.
    """
    lines = list(
        ImportLine.objects.select_for_update()
        .filter(registry_import=registry_import, kind__in=ENTERING, outcome="")
        .order_by("number")[:BATCH]
    )
    entered = _entered_since(registry_import) if any(line.kind == LineKind.NEW for line in lines) else set()
    _apply_or_refuse(lines, _Writer(registry_import, actor, entered))
    # One statement for all; an UPDATE with a case a line takes ten times as long to write down.
    ImportLine.objects.bulk_create(
        lines, update_conflicts=True, unique_fields=["pk"], update_fields=["outcome", "organisation"]
    )
    return len(lines)


def kept_values(record: Organisation, names: Iterable[str]) -> dict[str, Any]:
    """What the record holds in these fields, as lines keep it."""
    found: dict[str, Any] = {}
    for name in names:
        if name in _LISTS:
            found[name] = sorted(each.pk for each in getattr(record, name).all())
        elif name in _LINKS:
            found[name] = getattr(record, f"{name}_id")
        else:
            value = getattr(record, name)
            found[name] = value.isoformat() if isinstance(value, date) else value
    return found


def _apply_or_refuse(lines: list[ImportLine], writer: "_Writer") -> None:
    """All of the lines together; when the database refuses one, halves, until it stands alone."""
    if not lines:
        return
    try:
        with transaction.atomic():
            writer.write(lines)
    except (IntegrityError, ValidationError):
        if len(lines) == 1:
            lines[0].outcome = LineOutcome.REFUSED
            if lines[0].kind == LineKind.NEW:
                lines[0].organisation = None
            return
        middle = len(lines) // 2
        _apply_or_refuse(lines[:middle], writer)
        _apply_or_refuse(lines[middle:], writer)


class _Writer:
    """Writes lines of one file; every question and every write is one statement for all of them."""

    def __init__(self, registry_import: RegistryImport, actor: "User | None", entered: set[str]) -> None:
        self.name, self.actor, self.entered = registry_import.name[:70], actor, entered
        self.counties = County.objects.in_bulk()

    def write(self, lines: list[ImportLine]) -> None:
        self._enter([line for line in lines if line.kind == LineKind.NEW])
        self._change([line for line in lines if line.kind == LineKind.CHANGED])

    def _enter(self, lines: list[ImportLine]) -> None:
        fresh = self._fresh(lines)
        made = [(line, self._record(Organisation(), line)) for line in fresh]
        slugs = free_slugs(
            [
                (
                    line.values.get("slug", ""),
                    record.public_name or record.legal_name,
                    self.counties.get(record.county_id or 0),
                )
                for line, record in made
            ]
        )
        for (_line, record), slug in zip(made, slugs, strict=True):
            record.slug = slug
        bulk_create_with_history([record for _line, record in made], Organisation)
        _write_lists(made, are_new=True)
        for line, record in made:
            line.organisation, line.outcome = record, LineOutcome.DONE

    def _fresh(self, lines: list[ImportLine]) -> list[ImportLine]:
        """Lines whose organisation did not enter meanwhile; the others say so."""
        cuis = {line.values["cui"] for line in lines if line.values.get("cui")}
        slugs = {line.values["slug"] for line in lines if line.values.get("slug")}
        holders = Organisation.objects.filter(cui__in=cuis).exclude(register_status=RegisterStatus.REJECTED)
        taken = set(holders.values_list("cui", flat=True)) if cuis else set()
        if slugs:
            for model in (Organisation, FormerSlug):
                found = model._default_manager.filter(slug__in=slugs)
                taken |= set(found.values_list("slug", flat=True))
        fresh = []
        for line in lines:
            said = {line.values.get("cui", ""), line.values.get("slug", "")} - {""}
            if said & taken or fold(line.values["legal_name"]) in self.entered:
                line.outcome = LineOutcome.STALE
            else:
                fresh.append(line)
        return fresh

    def _change(self, lines: list[ImportLine]) -> None:
        lists = {name for line in lines for name in line.before} & _LISTS
        rows = Organisation.objects.select_for_update(of=("self",)).prefetch_related(*sorted(lists))
        found = {
            row.pk: row for row in rows.filter(pk__in=[line.organisation_id for line in lines]).order_by("pk")
        }
        changed = []
        for line in lines:
            record = found.get(line.organisation_id or 0)
            if record is None or kept_values(record, line.before) != line.before:
                line.outcome = LineOutcome.STALE
                continue
            changed.append((line, self._record(record, line)))
            line.outcome = LineOutcome.DONE
        now = timezone.now()
        for line, record in changed:
            record.updated_at = now
            names = set(line.values) - _LISTS
            values = {name: getattr(record, name if name not in _LINKS else f"{name}_id") for name in names}
            Organisation.objects.filter(pk=record.pk).update(updated_at=now, **values)
        bulk_update_with_history([record for _line, record in changed], Organisation, fields=[])
        _write_lists(changed, are_new=False)

    def _record(self, record: Organisation, line: ImportLine) -> Organisation:
        """The record with what the line says, and what its version will say of it."""
        for name, value in line.values.items():
            if name in _LINKS:
                setattr(record, f"{name}_id", value)
            elif name == "court_register_date" and value:
                record.court_register_date = date.fromisoformat(value)
            elif name not in _LISTS:
                setattr(record, name, value)
        record._history_user = self.actor  # type: ignore[attr-defined]
        record._change_reason = f"{self.name}, rândul {line.number}"  # type: ignore[attr-defined]
        return record


def _write_lists(pairs: list[tuple[ImportLine, Organisation]], *, are_new: bool) -> None:
    for name in sorted(_LISTS):
        said = [(record, line.values[name]) for line, record in pairs if name in line.values]
        if not said:
            continue
        field = Organisation._meta.get_field(name)
        through = field.remote_field.through  # type: ignore[union-attr]
        other = field.m2m_reverse_name()  # type: ignore[union-attr]
        if not are_new:
            through._base_manager.filter(organisation__in=[record for record, _keys in said]).delete()
        through._base_manager.bulk_create(
            through(organisation=record, **{other: key}) for record, keys in said for key in keys
        )


def _entered_since(registry_import: RegistryImport) -> set[str]:
    """Folded names of records that others made since the file was read."""
    own = registry_import.lines.filter(kind=LineKind.NEW, organisation=OuterRef("pk"))
    since = Organisation.objects.filter(~Exists(own), created_at__gt=registry_import.read_at)
    return set(since.annotate(folded=Fold("legal_name")).values_list("folded", flat=True))
