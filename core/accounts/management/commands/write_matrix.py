"""Writes docs/roles.md from the rules."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from core.accounts.matrix import matrix_page


class Command(BaseCommand):
    help = "Writes the matrix of roles and permissions to docs/roles.md."

    def handle(self, *args: Any, **options: Any) -> None:
        page = settings.BASE_DIR / "docs" / "roles.md"
        page.write_text(matrix_page(), encoding="utf-8")
        self.stdout.write(str(page.relative_to(settings.BASE_DIR)))
