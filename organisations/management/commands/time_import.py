"""`manage.py time_import`: seconds and memory of a file of organisations, read and applied, for the benchmark."""

import resource
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.core.management.base import BaseCommand, CommandError

from core.accounts.models import User
from core.jobs import services as jobs
from core.jobs.models import Job
from core.sheets import write_csv, write_xlsx
from organisations.choices import LineKind
from organisations.models import Organisation, RegistryImport
from organisations.services import importing

HEADER = [
    "Denumirea legală",
    "CUI",
    "Acronim",
    "Forma juridică",
    "Sediu: cod județ",
    "Domenii (coduri)",
    "Descriere",
    "Adresa paginii",
]
_WORDS = [
    "Speranța",
    "Zâmbetul",
    "Lumina",
    "Pădurea",
    "Cetatea",
    "Izvorul",
    "Hora",
    "Steaua",
    "Crângul",
    "Poarta",
]


class Command(BaseCommand):
    help = "Brings made-up organisations in from a file, in this process; for a database that is thrown away."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--lines", type=int, default=100_000)
        parser.add_argument("--faults", type=int, default=1_000)
        parser.add_argument("--format", choices=["csv", "xlsx"], default="csv")
        parser.add_argument("--apply", action="store_true", help="Confirm, and time the second job too.")
        parser.add_argument("--wet-run", action="store_true", help="Really write.")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PORTAL_MODE == "production":
            raise CommandError("Made-up organisations have no place in production.")
        if not options["wet_run"]:
            self.stdout.write("Would write made-up organisations. Say --wet-run to do it.")
            return
        owner = User.objects.first()
        if owner is None:
            owner = User.objects.create_user("masuratori@example.org", full_name="Măsurători")
        kind = options["format"]
        with tempfile.NamedTemporaryFile(suffix=f".{kind}") as kept:
            path = Path(kept.name)
            _write(path, kind, options["lines"], options["faults"])
            size = path.stat().st_size / 1024**2
            before = _memory()
            with path.open("rb") as content:
                made = importing.bring_in(file=File(content, f"proba.{kind}"), owner=owner)
        seconds = _timed(lambda: _run(made.reading))
        made.refresh_from_db()
        count = {str(each): made.lines.filter(kind=each).count() for each in LineKind}
        self.stdout.write(
            f"{kind}, {options['lines']:,} lines ({size:.1f} MB) beside {Organisation.objects.count():,} records: "
            f"read in {seconds:.0f} s, peak {_memory():.0f} MB ({before:.0f} MB before); {count} {made.fault}"
        )
        if options["apply"]:
            made = RegistryImport.objects.get(pk=made.pk)
            seconds = _timed(lambda: _run(importing.confirm(registry_import=made, actor=owner)))
            self.stdout.write(f"applied in {seconds:.0f} s, peak {_memory():.0f} MB")


def _run(job: Job | None) -> None:
    assert job is not None  # noqa: S101
    jobs.run(pk=str(job.pk))


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _memory() -> float:
    """Megabytes that this process had at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _write(path: Path, kind: str, lines: int, faults: int) -> None:
    if kind == "xlsx":
        write_xlsx(_lines(lines, faults), path)
    else:
        path.write_bytes(b"".join(write_csv(_lines(lines, faults))))


def _lines(lines: int, faults: int) -> Iterator[list[str]]:
    """A third change a record that exists where there are enough, the others are new; faults all over the file."""
    yield HEADER
    slugs = list(Organisation.objects.order_by("pk").values_list("slug", flat=True)[: lines // 3])
    each = max(lines // faults, 1) if faults else 0
    for number in range(lines):
        name = f"Asociația {_WORDS[number % 10]} {_WORDS[number // 10 % 10]} nr. {number}"
        wrong = bool(each) and number % each == 0 and number // each < faults
        slug = slugs[number] if number < len(slugs) else ""
        yield [
            name,
            "",
            f"A{number}",
            "partid" if wrong else "asociatie",
            # A record that exists has its own seat.
            "" if slug else "BV",
            "",
            f"=1+{number} Activități cu voluntari în comunitate, de probă.",
            slug,
        ]
