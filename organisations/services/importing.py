"""Files of organisations: kept, read into lines, and applied line by line, each once."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.jobs import start_job
from core.jobs.models import Job
from core.territory.models import County
from core.text import Fold, fold, normalise
from organisations.choices import LineKind, LineOutcome, RegisterStatus
from organisations.models import FormerSlug, ImportLine, Organisation, RegistryImport
from organisations.naming import free_slug

if TYPE_CHECKING:
    from core.accounts.models import User

READ_JOB: Final = "organisations.read_import"
APPLY_JOB: Final = "organisations.apply_import"
KEPT: Final = timedelta(days=30)
BATCH: Final = 200
_LISTS: Final = frozenset({"activity_counties", "domains", "beneficiaries", "goals"})
_LINKS: Final = frozenset({"seat", "county", "parent"})


class ImportRefusedError(Exception):
    """What was asked of an import is not possible now; the text says why."""


@transaction.atomic
def bring_in(*, file: File[bytes], owner: "User") -> RegistryImport:
    """Keeps the file and has it read by a job; nothing of the registry changes."""
    name = normalise(PurePath(file.name or "").name)[-200:] or "fisier"
    made = RegistryImport(name=name, uploaded_by=owner)
    made.file.save("fisier", file, save=False)
    made.save()
    made.reading = start_job(READ_JOB, owner=owner, arguments={"pk": made.pk})
    made.save(update_fields=["reading"])
    return made


@transaction.atomic
def begin_reading(*, pk: int) -> RegistryImport:
    """The import with nothing read yet: what an attempt that was cut off had read is forgotten."""
    registry_import = RegistryImport.objects.select_for_update().get(pk=pk)
    registry_import.lines.all().delete()
    return registry_import


@transaction.atomic
def keep_lines(*, registry_import: RegistryImport, lines: Iterable[ImportLine]) -> None:
    """Keeps lines as they were judged."""
    kept = list(lines)
    for line in kept:
        line.registry_import = registry_import
    ImportLine.objects.bulk_create(kept)


@transaction.atomic
def end_reading(
    *,
    registry_import: RegistryImport,
    headers: list[str] = (),  # type: ignore[assignment]
    columns: list[list[str]] = (),  # type: ignore[assignment]
    unknown: list[str] = (),  # type: ignore[assignment]
    fault: str = "",
) -> None:
    """The file was read to its end, or cannot be read: then none of its lines stays."""
    if fault:
        registry_import.lines.all().delete()
    registry_import.headers, registry_import.columns = list(headers), list(columns)
    registry_import.unknown, registry_import.fault = list(unknown), fault
    registry_import.read_at = timezone.now()
    registry_import.save()


@transaction.atomic
def confirm(*, registry_import: RegistryImport, actor: "User") -> Job:
    """Has the lines that were looked at applied by a job; again only for what a stopped job left.

    Raises :class:`ImportRefusedError` in words.
    """
    locked = RegistryImport.objects.select_for_update(of=("self",)).get(pk=registry_import.pk)
    if locked.applied_at is not None or (locked.applying is not None and locked.applying.is_under_way):
        raise ImportRefusedError(_("This file was confirmed already."))
    if locked.read_at is None or not locked.lines.filter(kind__in=_ENTERS, outcome="").exists():
        raise ImportRefusedError(_("Nothing in this file would change the registry."))
    locked.confirmed_at = locked.confirmed_at or timezone.now()
    locked.applying = start_job(APPLY_JOB, owner=actor, arguments={"pk": locked.pk})
    locked.save(update_fields=["confirmed_at", "applying"])
    return locked.applying


_ENTERS: Final = (LineKind.NEW, LineKind.CHANGED)


@transaction.atomic
def apply_batch(*, registry_import: RegistryImport, actor: "User | None") -> int:
    """Applies the next lines in one transaction and returns how many; none when all are done.

    A line whose record changed since it was read, or whose organisation entered meanwhile, is left alone and says so.
    """
    lines = list(
        ImportLine.objects.select_for_update()
        .filter(registry_import=registry_import, kind__in=_ENTERS, outcome="")
        .order_by("number")[:BATCH]
    )
    entered = _entered_since(registry_import) if any(line.kind == LineKind.NEW for line in lines) else set()
    counties = County.objects.in_bulk()
    records = {
        record.pk: record
        for record in Organisation.objects.select_for_update(of=("self",))
        .filter(pk__in=[line.organisation_id for line in lines if line.organisation_id])
        .order_by("pk")
    }
    for line in lines:
        try:
            with transaction.atomic():
                if line.kind == LineKind.NEW:
                    line.outcome = _enter(line, registry_import, actor, entered, counties)
                else:
                    line.outcome = _change(
                        line, records.get(line.organisation_id or 0), registry_import, actor
                    )
        except (IntegrityError, ValidationError):
            line.outcome = LineOutcome.REFUSED
    ImportLine.objects.bulk_update(lines, ["outcome", "organisation"])
    return len(lines)


@transaction.atomic
def end_applying(*, registry_import: RegistryImport) -> Counter[str]:
    """All lines have their outcome; returns how many have which."""
    registry_import.applied_at = timezone.now()
    registry_import.save(update_fields=["applied_at"])
    outcomes = registry_import.lines.exclude(outcome="").values_list("outcome", flat=True)
    return Counter(outcomes)


@transaction.atomic
def erase_old_imports(*, now: datetime) -> int:
    """Erases files that were brought in 30 days ago, with their lines; returns how many."""
    old = list(RegistryImport.objects.filter(uploaded_at__lt=now - KEPT))
    for each in old:
        erase_import(registry_import=each)
    return len(old)


@transaction.atomic
def erase_import(*, registry_import: RegistryImport) -> None:
    """Erases the import with its lines; the file goes after the commit. What entered the registry stays."""
    file = registry_import.file
    transaction.on_commit(lambda: file.storage.delete(str(file.name)), robust=True)
    registry_import.delete()


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


def _entered_since(registry_import: RegistryImport) -> set[str]:
    """Folded names of records that others made since the file was read."""
    own = registry_import.lines.filter(kind=LineKind.NEW, organisation__isnull=False).values("organisation")
    since = Organisation.objects.filter(created_at__gt=registry_import.read_at).exclude(pk__in=own)
    return set(since.annotate(folded=Fold("legal_name")).values_list("folded", flat=True))


def _enter(
    line: ImportLine,
    registry_import: RegistryImport,
    actor: "User | None",
    entered: set[str],
    counties: dict[int, County],
) -> LineOutcome:
    values = dict(line.values)
    lists = {name: values.pop(name) for name in _LISTS & set(values)}
    cui, slug = values.get("cui", ""), values.pop("slug", "")
    if fold(values["legal_name"]) in entered or _is_taken(cui, slug):
        return LineOutcome.STALE
    record = Organisation()
    _set(record, values)
    county = counties.get(record.county_id or 0)
    record.slug = slug or free_slug(record.public_name or record.legal_name, county)
    _save(record, line, registry_import, actor)
    for name, keys in lists.items():
        if keys:
            getattr(record, name).set(keys)
    line.organisation = record
    return LineOutcome.DONE


def _is_taken(cui: str, slug: str) -> bool:
    """Whether a record has the code or the address, or had the address, by now."""
    if cui and Organisation.objects.filter(cui=cui).exclude(register_status=RegisterStatus.REJECTED).exists():
        return True
    if not slug:
        return False
    return Organisation.objects.filter(slug=slug).exists() or FormerSlug.objects.filter(slug=slug).exists()


def _change(
    line: ImportLine, record: Organisation | None, registry_import: RegistryImport, actor: "User | None"
) -> LineOutcome:
    if record is None or kept_values(record, line.before) != line.before:
        return LineOutcome.STALE
    values = dict(line.values)
    lists = {name: values.pop(name) for name in _LISTS & set(values)}
    _set(record, values)
    _save(record, line, registry_import, actor)
    for name, keys in lists.items():
        getattr(record, name).set(keys)
    return LineOutcome.DONE


def _set(record: Organisation, values: dict[str, Any]) -> None:
    for name, value in values.items():
        if name in _LINKS:
            setattr(record, f"{name}_id", value)
        elif name == "court_register_date" and value:
            record.court_register_date = date.fromisoformat(value)
        else:
            setattr(record, name, value)


def _save(
    record: Organisation, line: ImportLine, registry_import: RegistryImport, actor: "User | None"
) -> None:
    record._history_user = actor  # type: ignore[attr-defined]
    record._change_reason = f"{registry_import.name[:70]}, rândul {line.number}"  # type: ignore[attr-defined]
    record.save()
