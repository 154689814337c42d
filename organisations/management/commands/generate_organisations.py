"""Fills the registry with made-up organisations, for benchmarks and trials."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from organisations.services.generation import SEED, generate_organisations


class Command(BaseCommand):
    help = "Adds made-up organisations, marked as examples. Without --wet-run nothing is written."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("count", type=int, help="How many there are to be of this seed.")
        parser.add_argument("--seed", type=int, default=SEED, help="Another seed gives other organisations.")
        parser.add_argument("--wet-run", action="store_true", help="Really write.")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PORTAL_MODE == "production":
            raise CommandError("Made-up organisations have no place in production.")
        if not options["wet_run"]:
            self.stdout.write(f"Would add up to {options['count']} organisations. Say --wet-run to do it.")
            return
        try:
            added = generate_organisations(options["count"], seed=options["seed"])
        except ValueError as error:
            raise CommandError(str(error)) from None
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        self.stdout.write(f"{added} organisations added.")
