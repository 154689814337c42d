"""Writes docs/roles.md from the rules."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.accounts.matrix import matrix_page


class Command(BaseCommand):
    help = "Writes the matrix of roles and permissions to docs/roles.md."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="only fail when the page is not as the rules"
        )

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        page = settings.BASE_DIR / "docs" / "roles.md"
        if check and page.read_text(encoding="utf-8") != matrix_page():
            raise CommandError("docs/roles.md is not as the rules are: run manage.py write_matrix")
        if check:
            return
        page.write_text(matrix_page(), encoding="utf-8")
        self.stdout.write(str(page.relative_to(settings.BASE_DIR)))
