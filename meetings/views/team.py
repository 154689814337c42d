"""The page of a gathering's team, and the list of those who registered."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from core.exports import log_export
from meetings.forms.registrants import RegistrantFilterForm, query_of, read_question
from meetings.homes import home_of
from meetings.models import Meeting
from meetings.selectors.team import FILTERS, registrants, team_numbers
from meetings.spreadsheets import FORMATS, organisation_of, registrants_file
from meetings.teampages import team_address, team_links
from meetings.views.access import meeting_page
from meetings.views.planning import SECTIONS
from meetings.workflow import MEETING_WORKFLOW

PER_PAGE = 50


@meeting_page("meetings.see_registrants_meeting")
def team(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Facts, numbers, what is missing, what can be done; a kind with a page of its own has it there."""
    address = team_address(meeting)
    if address != request.path:
        return redirect(address)
    return render(request, "meetings/team.html", team_context(request, meeting))


def team_context(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    """What the page of the team shows of any gathering."""
    home = home_of(meeting)
    may_change = request.user.has_perm("meetings.change_meeting", meeting)  # type: ignore[union-attr]
    steps = MEETING_WORKFLOW.available(meeting, request.user)  # type: ignore[arg-type]
    return {
        "meeting": meeting,
        "heading": home.heading(meeting) if home else meeting.title,
        "public_url": home.address(meeting) if home and home.is_public(meeting) else "",
        "numbers": team_numbers(meeting),
        "links": team_links(request.user, meeting),  # type: ignore[arg-type]
        "may_change": may_change,
        "steps": [
            {
                "label": step.label,
                "url": reverse("meetings:step", args=[meeting.pk, step.name]),
                "is_main": step.name == "schedule",
            }
            for step in steps
        ],
        "sections": [
            {
                "label": section.label,
                "url": reverse("meetings:plan", args=[meeting.pk, section.word]),
                "rows": section.rows(meeting),
            }
            for section in SECTIONS.values()
        ],
    }


@meeting_page("meetings.see_registrants_meeting")
def registrant_list(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Those who registered, by filters; also in a file, by :func:`registrant_export`."""
    question = read_question(request.GET)
    found = registrants(meeting, question)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("pagina"))
    form = RegistrantFilterForm(initial=question.chosen)
    address = reverse("meetings:registrants", args=[meeting.pk])
    context = {
        "meeting": meeting,
        "back": team_address(meeting),
        "question": question,
        "form": form,
        "page_obj": page,
        "rows": [(each, organisation_of(each)) for each in page.object_list],
        "chips": _chips(question, form, address),
        "clear_url": address,
        "export_url": reverse("meetings:registrants_file", args=[meeting.pk]) + query_of(question),
    }
    return render(request, "meetings/registrants.html", context)


def _chips(question: Any, form: RegistrantFilterForm, address: str) -> list[dict[str, str]]:
    chips = []
    for name in FILTERS:
        labels = dict(form.fields[name].choices)  # type: ignore[attr-defined]
        for code in question.chosen.get(name, ()):
            others = [each for each in question.chosen[name] if each != code]
            without = type(question)(chosen={**question.chosen, name: others}, words=question.words)
            chips.append({"label": str(labels[code]), "url": address + query_of(without)})
    return chips


@meeting_page("meetings.see_registrants_meeting", ("POST",))
def registrant_export(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The list as a file; who took it, when and chosen by what is written down."""
    kind = request.POST.get("format", "")
    if kind not in FORMATS:
        raise Http404
    question = read_question(request.GET)
    found = list(registrants(meeting, question))
    filters = {"meeting": meeting.pk, "title": meeting.title, "q": question.words, **question.chosen}
    log_export(
        request.user,  # type: ignore[arg-type]
        "meetings.registrations",
        {name: value for name, value in filters.items() if value},
        len(found),
        file_format=kind,
    )
    return registrants_file(meeting, found, kind)
