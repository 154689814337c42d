"""Prints how to sign in as each person of the demo."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import override

from core.accounts.one_time_code import DEMO_TOTP_SECRET, current_code
from promotori.demo import demo_people, require_demo


class Command(BaseCommand):
    help = "A table of role, e-mail address and password, and the second factor's code."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--template", action="store_true", help="leave address and code as {places} to fill in"
        )

    def handle(self, *args: Any, template: bool, **options: Any) -> None:
        require_demo()
        with override("ro"):
            rows = [
                (
                    person.label,
                    person.email,
                    person.password,
                    "da" if person.has_second_factor else "–",
                )
                for person in demo_people()
            ]
        head = ("Rol", "E-mail", "Parolă", "Cod")
        widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
        for row in [head, tuple("─" * width for width in widths), *rows]:
            self.stdout.write(
                "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            )
        code, seconds = ("{code}", "{seconds}") if template else current_code()
        site = "{site}" if template else settings.SITE_URL
        self.stdout.write("")
        self.stdout.write(f"Autentificare: {site}/cont/autentificare/")
        self.stdout.write(f"Codul echipei acum: {code} (încă {seconds} s). Altul: make code")
        self.stdout.write(f"Sau adăugați cheia {DEMO_TOTP_SECRET} într-o aplicație de autentificare.")
