"""The tick list of the team: who is there, by ticks that nobody else's ticks undo."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.typedtext import survives_sign_out
from meetings.choices import PresenceSource
from meetings.doorcode import check_in_url
from meetings.forms.day import AddPersonForm
from meetings.forms.registrants import RegistrantFilterForm, query_of, read_question
from meetings.models import Meeting, Registration
from meetings.selectors.presence import presence_numbers, tick_rows
from meetings.services.attendance import add_present, save_ticks
from meetings.services.registration import RegistrationEntry
from meetings.spreadsheets import organisation_of
from meetings.teampages import team_address
from meetings.views.access import READ_AND_SEND, meeting_page

PER_PAGE = 50
RIGHT = "meetings.record_attendance_meeting"


@meeting_page(RIGHT, READ_AND_SEND)
def presence(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The list by search and filters; ticks are saved whatever button leads on, a page at a time."""
    question = read_question(request.GET)
    if request.method == "POST":
        came, went = save_ticks(meeting=meeting, **_changes(request))
        messages.success(request, _said(came, went))
        next_page = _number(request.POST.get("pagina") or request.GET.get("pagina"))
        return redirect(reverse("meetings:presence", args=[meeting.pk]) + query_of(question, page=next_page))
    page = Paginator(tick_rows(meeting, question), PER_PAGE).get_page(request.GET.get("pagina"))
    return render(request, "meetings/day/presence.html", _list(meeting, question, page))


def _list(meeting: Meeting, question: Any, page: "Page[Registration]") -> dict[str, Any]:
    address = reverse("meetings:presence", args=[meeting.pk])
    return {
        "meeting": meeting,
        "is_swapped": False,
        "back": team_address(meeting),
        "numbers": presence_numbers(meeting),
        "question": question,
        "form": RegistrantFilterForm(initial=question.chosen),
        "page_obj": page,
        "rows": [(each, organisation_of(each)) for each in page.object_list],
        "address": address,
        "here": address + query_of(question, page=page.number),
        "check_in_url": check_in_url(meeting),
    }


def _changes(request: HttpRequest) -> dict[str, set[int]]:
    """What the person changed: ticks that the page did not show yet, and those that it showed and that are gone."""
    shown, was, now = (
        {_number(value) for value in request.POST.getlist(name)} for name in ("shown", "was", "here")
    )
    return {"ticked": (now - was) & shown, "unticked": (was - now) & shown}


def _number(value: str | None) -> int:
    """1 for what is no number of a row or page."""
    text = value or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 1


def _said(came: int, went: int) -> str:
    if not came and not went:
        return _("Nothing was changed.")
    parts = []
    if came:
        parts.append(
            ngettext("%(number)d person ticked.", "%(number)d people ticked.", came) % {"number": came}
        )
    if went:
        parts.append(
            ngettext("%(number)d tick taken back.", "%(number)d ticks taken back.", went) % {"number": went}
        )
    return " ".join(parts)


@meeting_page(RIGHT, ("POST",))
def tick(request: HttpRequest, meeting: Meeting, registration: int) -> HttpResponse:
    """One row at once, for those whose browser runs scripts; answers with the row and the counts."""
    row = get_object_or_404(Registration.objects.filter(meeting=meeting), pk=registration)
    is_here = str(row.pk) in request.POST.getlist("here")
    save_ticks(meeting=meeting, ticked={row.pk} if is_here else (), unticked=() if is_here else {row.pk})
    if not getattr(request, "htmx", False):
        return redirect("meetings:presence", meeting.pk)
    fresh = Registration.objects.select_related("attendance", "county", "organisation").get(pk=row.pk)
    context = {
        "meeting": meeting,
        "each": fresh,
        "organisation": organisation_of(fresh),
        "numbers": presence_numbers(meeting),
        "is_swapped": True,
    }
    return render(request, "meetings/day/tick.html", context)


@survives_sign_out
@meeting_page(RIGHT, READ_AND_SEND)
def add_person(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Somebody who came without registration."""
    form = AddPersonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        entry = RegistrationEntry(email=form.address, **form.said())
        added = add_present(meeting=meeting, entry=entry, source=PresenceSource.TICKED)
        messages.success(request, _("%(name)s is on the list, ticked.") % {"name": added.name})
        return redirect("meetings:presence", meeting.pk)
    context = {
        "meeting": meeting,
        "form": form,
        "address": reverse("meetings:presence", args=[meeting.pk]),
        "back": team_address(meeting),
    }
    return render(request, "meetings/day/add.html", context, status=422 if form.errors else 200)
