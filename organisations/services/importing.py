"""Files of organisations: kept, read into lines, confirmed, and erased when their time is over."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.jobs import start_job
from core.jobs.models import Job
from core.text import normalise
from organisations.choices import LineKind
from organisations.models import ImportLine, RegistryImport

if TYPE_CHECKING:
    from core.accounts.models import User

READ_JOB: Final = "organisations.read_import"
APPLY_JOB: Final = "organisations.apply_import"
KEPT: Final = timedelta(days=30)
# Lines of these kinds change the registry when they are applied.
ENTERING: Final = (LineKind.NEW, LineKind.CHANGED)


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
    if locked.read_at is None or not locked.lines.filter(kind__in=ENTERING, outcome="").exists():
        raise ImportRefusedError(_("Nothing in this file would change the registry."))
    locked.confirmed_at = locked.confirmed_at or timezone.now()
    locked.applying = start_job(APPLY_JOB, owner=actor, arguments={"pk": locked.pk})
    locked.save(update_fields=["confirmed_at", "applying"])
    return locked.applying


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
