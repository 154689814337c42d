"""Loads the four associative structures and the members that their sources bear out."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from organisations.services.structures import load_structures


class Command(BaseCommand):
    help = "Loads the associative structures from the project's file. Without --wet-run nothing is written."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--wet-run", action="store_true", help="Really write.")

    def handle(self, *args: Any, **options: Any) -> None:
        load = load_structures(keep=options["wet_run"])
        self.stdout.write(
            f"Structures: {load.structures_added} added, {load.structures_changed} changed; "
            f"{load.members_added} members added."
        )
        if load.changed and not options["wet_run"]:
            self.stdout.write("Nothing was written. Say --wet-run to do it.")
