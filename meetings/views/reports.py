"""Attendance reports of platforms: brought in, and the people in them that the portal cannot tell."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.typedtext import survives_sign_out
from meetings.choices import LineStatus
from meetings.forms.day import AddPersonForm, ReportForm
from meetings.imports.reading import begin, digest_of
from meetings.imports.text import ReportError
from meetings.models import AttendanceImport, AttendanceLine, Meeting, Registration
from meetings.selectors.matching import Matcher
from meetings.selectors.presence import UNDECIDED, line_numbers, report_lines
from meetings.services.registration import RegistrationEntry
from meetings.services.reports import ReportRefusedError, decide, decide_new, said_twice, was_read
from meetings.teampages import team_address
from meetings.views.access import READ_AND_SEND, meeting_page
from meetings.views.presence import RIGHT

PER_PAGE = 20


@meeting_page(RIGHT, READ_AND_SEND)
def report(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Brings in a report: what is wrong with the file is said at once, the rest is a job with a page of its own."""
    form = ReportForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        job = _begin(request, meeting, form)
        if job is not None:
            return redirect(job)
    context = _about(meeting) | {
        "form": form,
        "reports": AttendanceImport.objects.filter(meeting=meeting).select_related("uploaded_by"),
    }
    return render(request, "meetings/day/report.html", context, status=422 if form.errors else 200)


def _begin(request: HttpRequest, meeting: Meeting, form: ReportForm) -> Any:
    """The job; None when the file is refused, with the reason at the field."""
    file = form.cleaned_data["file"]
    try:
        if was_read(meeting, digest_of(file.read())):
            raise ReportRefusedError(said_twice())
        file.seek(0)
        return begin(meeting=meeting, file=file, name=file.name or "", owner=request.user)  # type: ignore[arg-type]
    except (ReportError, ReportRefusedError) as refused:
        form.add_error("file", str(refused))
        return None


@meeting_page(RIGHT)
def report_people(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Those who wait for a decision with whom they may be, or everybody of all reports."""
    everybody = request.GET.get("arata") == "toti"
    lines = report_lines(meeting, undecided=not everybody)
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("pagina"))
    matcher = Matcher(meeting)
    likely = {line.pk: matcher.match(line.name, line.email).likely for line in page.object_list}
    people = {
        each.pk: each
        for each in Registration.objects.filter(pk__in={pk for found in likely.values() for pk in found})
    }
    numbers = line_numbers(meeting)
    context = _about(meeting) | {
        "page_obj": page,
        "everybody": everybody,
        "waiting": sum(numbers.get(status, 0) for status in UNDECIDED),
        "all": sum(numbers.values()),
        "rows": [(line, [people[pk] for pk in likely[line.pk] if pk in people]) for line in page.object_list],
    }
    return render(request, "meetings/day/report_people.html", context)


@meeting_page(RIGHT, ("POST",))
def decide_line(request: HttpRequest, meeting: Meeting, line: int) -> HttpResponse:
    """Whose the line is: a registration, or nobody who is counted; an address typed beside finds any other."""
    found = _line(meeting, line)
    choice, address = request.POST.get("cine", ""), request.POST.get("adresa", "").strip().lower()
    mine = Registration.objects.active().filter(meeting=meeting)
    registration = None
    if address:
        registration = mine.filter(email=address[:254].replace("\0", "")).first()
    elif choice.isascii() and choice.isdigit() and len(choice) < 12:
        registration = mine.filter(pk=choice).first()
    if registration is None and (address or choice != "nimeni"):
        messages.error(request, _("Choose who it is, or type the address of somebody who is registered."))
        return _back(request, meeting)
    decide(line=found, registration=registration, actor=request.user)  # type: ignore[arg-type]
    messages.success(request, _("The decision is kept."))
    return _back(request, meeting)


@survives_sign_out
@meeting_page(RIGHT, READ_AND_SEND)
def register_line(request: HttpRequest, meeting: Meeting, line: int) -> HttpResponse:
    """Registers somebody of a report as come on the day."""
    found = _line(meeting, line)
    form = AddPersonForm(
        request.POST if request.method == "POST" else None,
        initial={"name": found.name, "email": found.email},
    )
    if request.method == "POST" and form.is_valid():
        entry = RegistrationEntry(email=form.address, **form.said())
        decide_new(line=found, entry=entry, actor=request.user)  # type: ignore[arg-type]
        messages.success(request, _("The decision is kept."))
        return redirect("meetings:report_people", meeting.pk)
    context = _about(meeting) | {"form": form, "line": found}
    context["address"] = reverse("meetings:report_people", args=[meeting.pk])
    return render(request, "meetings/day/add.html", context, status=422 if form.errors else 200)


def _line(meeting: Meeting, pk: int) -> AttendanceLine:
    lines = AttendanceLine.objects.filter(report__meeting=meeting).select_related("report__meeting")
    return get_object_or_404(lines, pk=pk)


def _back(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The same page of the list as before."""
    page = request.POST.get("pagina", "")
    query = f"?pagina={page}" if page.isascii() and page.isdigit() and len(page) < 6 else ""
    if request.POST.get("arata") == "toti":
        query = f"{query or '?'}{'&' if query else ''}arata=toti"
    return redirect(reverse("meetings:report_people", args=[meeting.pk]) + query)


def _about(meeting: Meeting) -> dict[str, Any]:
    return {
        "meeting": meeting,
        "back": team_address(meeting),
        "address": reverse("meetings:presence", args=[meeting.pk]),
        "left_out": LineStatus.LEFT_OUT,
    }
