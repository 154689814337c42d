"""Loads the controlled vocabularies of the registry; writes only with --wet-run."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from promotori.loading.vocabularies import load_vocabularies


class Command(BaseCommand):
    help = "Loads domains, beneficiary groups and goals; without --wet-run only says what would change."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--wet-run", action="store_true", help="Write the changes.")

    def handle(self, *args: Any, wet_run: bool, **options: Any) -> None:
        ledger = load_vocabularies(write=wet_run)
        self.stdout.write(
            f"Vocabularies: {len(ledger.created)} created, {len(ledger.updated)} updated, {len(ledger.kept)} kept."
            + ("" if wet_run else " Nothing was written: this was a dry run.")
        )
