"""Loads the people of the demo and the requests that wait for a moderator; refuses outside it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from promotori.demo import demo_people, load_demo_people, require_demo
from promotori.demo_gatherings import load_demo_gatherings
from promotori.demo_requests import load_demo_requests


class Command(BaseCommand):
    help = (
        "One person of each role with a printed password, and requests for a moderator. "
        "Says what it would do; writes only with --wet-run."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--wet-run", action="store_true", help="write to the database")

    def handle(self, *args: Any, wet_run: bool, **options: Any) -> None:
        require_demo()
        people = load_demo_people() if wet_run else demo_people()
        if wet_run:
            load_demo_requests()
            load_demo_gatherings()
        for person in people:
            self.stdout.write(f"{person.role.value if person.role else 'newcomer'}: {person.email}")
        if not wet_run:
            self.stdout.write("Nothing was written; add --wet-run.")
