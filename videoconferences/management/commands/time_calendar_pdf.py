"""`manage.py time_calendar_pdf 2021`: seconds of an edition's calendar as PDF, for the benchmark."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.documents.errors import MissingSystemPartsError
from core.documents.timing import measure_document
from programmes.models import Edition
from videoconferences.pdf import prepare_calendar_pdf
from videoconferences.selectors.official import calendar_document


class Command(BaseCommand):
    help = (
        "Times the calendar of an edition as PDF beside WeasyPrint alone on the same HTML; changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("year", type=int, nargs="?", default=2021)
        parser.add_argument("--repeats", type=int, default=5)

    def handle(self, *args: Any, year: int, repeats: int, **options: Any) -> None:
        edition = Edition.objects.filter(year=year).first()
        if edition is None:
            raise CommandError(f"There is no edition of {year}.")
        try:
            times = measure_document(
                lambda: prepare_calendar_pdf(calendar_document(edition), "ro"), repeats=repeats
            )
        except MissingSystemPartsError as error:
            raise CommandError(error.remedy) from error
        self.stdout.write(f"Calendar of {year}, PDF: {times}")
