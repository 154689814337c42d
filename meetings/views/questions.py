"""Questions of the day: asked and read by participants, moderated by the team."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from core.workflow import TransitionRefusedError
from meetings.choices import QuestionStatus
from meetings.forms.day import QuestionForm
from meetings.homes import home_of
from meetings.links import registration_path
from meetings.models import Meeting, Question, Registration
from meetings.services.questions import QuestionRefusedError, ask, deal_with, why_not
from meetings.teampages import team_address
from meetings.views.access import meeting_page
from meetings.views.own import own_registration
from meetings.workflow import QUESTION_WORKFLOW

RIGHT = "meetings.record_attendance_meeting"
MOST_SHOWN = 300
SEEN = (QuestionStatus.SHOWN, QuestionStatus.ANSWERED)


@own_registration
@require_http_methods(["GET", "HEAD", "POST"])
def own_questions(request: HttpRequest, registration: Registration) -> HttpResponse:
    """The person's own questions and those that the team shows, without names; htmx asks for the list alone."""
    meeting = registration.meeting
    form = QuestionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            ask(registration=registration, text=form.cleaned_data["text"])
        except QuestionRefusedError as refused:
            form.add_error("text", str(refused))
        else:
            return redirect(registration_path(registration, "meetings:own_questions"))
    home = home_of(meeting)
    context = {
        "form": form,
        "meeting": meeting,
        "heading": home.heading(meeting) if home else meeting.title,
        "own_url": registration_path(registration),
        "address": registration_path(registration, "meetings:own_questions"),
        "refused": why_not(registration),
        "mine": Question.objects.filter(registration=registration),
        "shown": Question.objects.filter(meeting=meeting, status__in=SEEN)[:MOST_SHOWN],
    }
    template = "meetings/day/questions_part.html" if _is_part(request) else "meetings/day/questions.html"
    return render(request, template, context, status=422 if form.errors else 200)


@meeting_page(RIGHT)
def team_questions(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """All questions by what became of them, with the steps that can be made."""
    found = list(
        Question.objects.filter(meeting=meeting).select_related("registration", "meeting")[:MOST_SHOWN]
    )
    groups = [
        {
            "label": status.label,
            "rows": [(each, QUESTION_WORKFLOW.possible(each)) for each in found if each.status == status],
        }
        for status in QuestionStatus
    ]
    context = {"meeting": meeting, "back": team_address(meeting), "groups": groups, "number": len(found)}
    part = "meetings/day/team_questions_part.html"
    return render(request, part if _is_part(request) else "meetings/day/team_questions.html", context)


@meeting_page(RIGHT, ("POST",))
def question_step(request: HttpRequest, meeting: Meeting, question: int, step: str) -> HttpResponse:
    """One step of one question; somebody else may have made it just before."""
    if step not in QUESTION_WORKFLOW.transitions:
        raise Http404
    found = get_object_or_404(Question.objects.filter(meeting=meeting), pk=question)
    try:
        deal_with(question=found, step=step, actor=request.user)  # type: ignore[arg-type]
    except TransitionRefusedError as refused:
        messages.error(request, str(refused))
    return redirect("meetings:team_questions", meeting.pk)


def _is_part(request: HttpRequest) -> Any:
    return getattr(request, "htmx", False) and request.method != "POST"
