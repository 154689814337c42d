"""Loads an edition of the programme from the project's data file; writes only with --wet-run."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from promotori.loading.edition import LoadError, load_edition


class Command(BaseCommand):
    help = "Loads an edition from promotori/data/edition_<year>.yaml; without --wet-run only says what would change."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", type=int)
        parser.add_argument("--wet-run", action="store_true", help="Write the changes.")

    def handle(self, *args: Any, year: int, wet_run: bool, **options: Any) -> None:
        try:
            ledgers = load_edition(year=year, write=wet_run)
        except LoadError as error:
            raise CommandError(str(error)) from None
        created, updated, kept = (
            [line for ledger in ledgers for line in getattr(ledger, name)]
            for name in ("created", "updated", "kept")
        )
        if options["verbosity"] > 1 or not wet_run:
            for mark, lines in (("+", created), ("~", updated)):
                for line in lines:
                    self.stdout.write(f"{mark} {line}")
        for line in kept:
            self.stdout.write(f"= {line}")
        self.stdout.write(
            f"Edition {year}: {len(created)} created, {len(updated)} updated, "
            f"{len(kept)} kept as changed in the portal."
        )
        if not wet_run and (created or updated):
            self.stdout.write("Nothing was written. Repeat with --wet-run to write.")
