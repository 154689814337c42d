"""Prints the code that the demo's second factor shows now."""

from typing import Any

from django.core.management.base import BaseCommand

from core.accounts.one_time_code import current_code
from promotori.demo import require_demo


class Command(BaseCommand):
    help = "The six digits for the second step of sign-in, for every person of the demo's team."

    def handle(self, *args: Any, **options: Any) -> None:
        require_demo()
        code, seconds = current_code()
        self.stdout.write(f"{code}  ({seconds} s)")
