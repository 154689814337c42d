"""Writes docs/workflows.md from the transition tables."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from core.diagrams import workflows_page


class Command(BaseCommand):
    help = "Writes the diagrams and tables of all workflows to docs/workflows.md."

    def handle(self, *args: Any, **options: Any) -> None:
        page = settings.BASE_DIR / "docs" / "workflows.md"
        page.write_text(workflows_page(), encoding="utf-8")
        self.stdout.write(str(page.relative_to(settings.BASE_DIR)))
