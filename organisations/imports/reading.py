"""The two jobs of an import: the file is read into lines, and the lines that somebody looked at are applied."""

from itertools import islice

from django.urls import reverse
from django.utils.translation import gettext as _

from core.jobs.running import Outcome, Run
from core.sheets import SheetError, read_sheet
from organisations.choices import LineKind, LineOutcome
from organisations.imports.columns import find_columns
from organisations.imports.lines import Judge
from organisations.models import RegistryImport
from organisations.services import applying, importing

CHUNK = 500


def read_import(run: Run, *, pk: int) -> Outcome:
    """Judges each line of the file; nothing of the registry changes."""
    registry_import = importing.begin_reading(pk=pk)
    try:
        with registry_import.file.open("rb") as file:
            _read(run, registry_import, file)
    except (SheetError, FileNotFoundError) as error:
        fault = str(error) if isinstance(error, SheetError) else _("The file is no longer kept here.")
        importing.end_reading(registry_import=registry_import, fault=fault)
        return Outcome(fault, links=[_link(registry_import, _("Back to the import"))])
    count = {kind: registry_import.lines.filter(kind=kind).count() for kind in LineKind}
    return Outcome(
        _("The file was read. Nothing has changed yet: look at what would change, then confirm."),
        facts=[(str(kind.label), str(count[kind])) for kind in LineKind],
        links=[_link(registry_import, _("See what would change"))],
    )


def _read(run: Run, registry_import: RegistryImport, file: object) -> None:
    sheet = read_sheet(file)  # type: ignore[arg-type]
    columns = find_columns(next(sheet.lines).cells)
    run.progress(0, total=sheet.expected, note=_("The registry is looked up"))
    judge = Judge(columns)
    done = 0
    run.progress(0, total=sheet.expected, note=_("The lines are read"))
    while chunk := list(islice(sheet.lines, CHUNK)):
        importing.keep_lines(registry_import=registry_import, lines=judge.judge(chunk))
        done += len(chunk)
        run.progress(done, total=max(sheet.expected, done))
    importing.end_reading(
        registry_import=registry_import,
        headers=columns.headers,
        columns=columns.pairs,
        unknown=columns.unknown,
    )


def apply_import(run: Run, *, pk: int) -> Outcome:
    """Applies the confirmed lines, a batch a transaction; one that was cut off goes on where it stopped."""
    registry_import = RegistryImport.objects.get(pk=pk)
    lines = registry_import.lines.filter(kind__in=(LineKind.NEW, LineKind.CHANGED))
    total, done = lines.count(), lines.exclude(outcome="").count()
    run.progress(done, total=total, note=_("The lines enter the registry"))
    while applied := applying.apply_batch(registry_import=registry_import, actor=run.job.owner):
        done += applied
        run.progress(done, total=total)
    outcomes = importing.end_applying(registry_import=registry_import)
    return Outcome(
        _("The file is in the registry."),
        facts=[(str(outcome.label), str(outcomes[outcome])) for outcome in LineOutcome if outcomes[outcome]],
        links=[_link(registry_import, _("See line by line what became of it"))],
    )


def _link(registry_import: RegistryImport, label: str) -> tuple[str, str]:
    return label, reverse("admin:organisations_registryimport_change", args=[registry_import.pk])
