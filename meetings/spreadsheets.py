"""Those who registered as a file: what the team takes along, one line a person."""

import io
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpResponse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from core.sheets import write_csv, write_xlsx
from meetings.models import Meeting, Registration

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = ("xlsx", "csv")


def registrant_lines(registrations: Iterable[Registration]) -> Iterator[list[Any]]:
    """Header and lines; moments in Bucharest's time, to the minute."""
    yield [
        _("No."),
        _("Name"),
        _("E-mail address"),
        _("State"),
        _("Takes part as"),
        _("Sector"),
        _("Level"),
        _("Organisation or authority"),
        _("County"),
        _("UAT"),
        _("Registered"),
        _("Address confirmed"),
        _("Attendance"),
        _("Minutes present"),
        _("Themes proposed"),
    ]
    for number, each in enumerate(registrations, start=1):
        attendance = getattr(each, "attendance", None)
        yield [
            number,
            each.name,
            each.email,
            each.get_status_display(),
            each.get_participant_type_display(),
            each.get_sector_display(),
            each.get_level_display(),
            organisation_of(each),
            each.county.name if each.county else "",
            each.uat.name if each.uat else "",
            f"{localtime(each.registered_at):%Y-%m-%d %H:%M}",
            _("yes") if each.address_confirmed_at else _("no"),
            attendance.get_source_display() if attendance else "",
            attendance.seconds // 60 if attendance and attendance.seconds is not None else "",
            each.themes_proposed,
        ]


def organisation_of(registration: Registration) -> str:
    """The organisation of the registry, else the name as it was typed."""
    known = registration.organisation
    return known.display_name if known else registration.organisation_name


def registrants_file(meeting: Meeting, registrations: Iterable[Registration], kind: str) -> HttpResponse:
    """The file of this list; every cell is written so that no spreadsheet runs it."""
    headers = {
        "Content-Disposition": f'attachment; filename="inscrisi-{meeting.pk}.{kind}"',
        "X-Content-Type-Options": "nosniff",
    }
    if kind == "xlsx":
        file = io.BytesIO()
        write_xlsx(registrant_lines(registrations), file)
        return HttpResponse(file.getvalue(), content_type=XLSX_TYPE, headers=headers)
    return HttpResponse(
        b"".join(write_csv(registrant_lines(registrations))),
        content_type="text/csv; charset=utf-8",
        headers=headers,
    )
