"""Loads regions, counties and administrative units: those of the project, or of a newer file of INS."""

import argparse
import time
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.territory.changes import Changes, changes_of
from core.territory.services import MAX_CLOSED, LoadRefused, load_territory, refuse_doubtful
from core.territory.sources import Source, SourceError, bundled, half_year_of, read_source

# Of each kind of change so many are listed one by one; --verbosity 2 lists all.
SHOWN = 20


class Command(BaseCommand):
    help = (
        "Loads regions, counties and administrative units (UAT). Without --wet-run it only says what would "
        "change. Deletes nothing: what disappeared is closed."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--file", type=Path, help="SIRUTA file of INS, or a CSV of the project's format.")
        parser.add_argument(
            "--as-of",
            type=_day,
            help="Day on which the file is valid (2026-01-01); without it, the first day of this half-year.",
        )
        parser.add_argument("--title", default="", help="Name of the source, shown on pages.")
        parser.add_argument(
            "--max-closed", type=int, default=MAX_CLOSED, help="Most units that may be closed."
        )
        parser.add_argument("--wet-run", action="store_true", help="Really write.")

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        source = _source(options["file"], options["as_of"], options["title"])
        self.stdout.write(f"{source.title}, valid on {source.as_of}: {len(source.units)} units.")
        for warning in source.warnings:
            self.stdout.write(f"Warning: {warning}")
        try:
            if options["wet_run"]:
                changes = load_territory(source=source, max_closed=options["max_closed"])
            else:
                changes = changes_of(source)
                refuse_doubtful(changes, max_closed=options["max_closed"])
        except LoadRefused as error:
            raise CommandError(str(error)) from None
        self._report(changes, options["verbosity"])
        if changes and not options["wet_run"]:
            self.stdout.write("Nothing was written. Say --wet-run to do it.")
        elif changes:
            self.stdout.write(f"Written in {time.monotonic() - started:.1f} s.")

    def _report(self, changes: Changes, verbosity: int) -> None:
        if changes.units_are_older:
            self.stdout.write("A newer source was loaded before: units are left as they are.")
        if not changes:
            self.stdout.write("Nothing changes.")
        for what, lines in changes.lines.items():
            self.stdout.write(f"{what}: {len(lines)}")
            if verbosity > 1 or len(lines) <= SHOWN:
                for line in lines:
                    self.stdout.write(f"  {line}")


def _source(file: Path | None, as_of: date | None, title: str) -> Source:
    today = timezone.localdate()
    if as_of is not None and as_of > today:
        raise CommandError(f"{as_of} is still to come: load the file when it is in force.")
    try:
        if file is None:
            return bundled()
        return read_source(file, as_of=as_of or half_year_of(today), title=title)
    except SourceError as error:
        raise CommandError(f"{file or 'The list of the project'}: {error} Nothing was changed.") from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is no day; write it as 2026-01-01.") from None
