"""The plan of any gathering: its sections, and the steps of its life."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy

from core.accounts.models import User
from core.typedtext import survives_sign_out
from core.workflow import Transition, TransitionRefusedError
from meetings.forms.planning import AgendaForm, DescriptionForm, RegistrationPlanForm, TimePlaceForm
from meetings.forms.steps import StepReasonForm
from meetings.models import Meeting
from meetings.services.planning import change_meeting, make_step, write_agenda
from meetings.services.telling import telling_of_step
from meetings.teampages import team_address
from meetings.views.access import READ_AND_SEND, meeting_page
from meetings.views.sections import PlanSection, answer_section
from meetings.workflow import MEETING_WORKFLOW


def _save_change(meeting: Meeting, form: Any, actor: User) -> None:
    change_meeting(meeting=meeting, change=form.change(meeting), actor=actor)


def _save_agenda(meeting: Meeting, form: AgendaForm, actor: User) -> None:
    write_agenda(meeting=meeting, items=form.items(), actor=actor)


SECTIONS = {
    section.word: section
    for section in (
        PlanSection(
            "cand-si-unde",
            gettext_lazy("When and where"),
            TimePlaceForm,
            TimePlaceForm.read,
            _save_change,
            template="meetings/planning/time_place.html",
        ),
        PlanSection(
            "descriere",
            gettext_lazy("Title and description"),
            DescriptionForm,
            DescriptionForm.read,
            _save_change,
        ),
        PlanSection(
            "inscriere",
            gettext_lazy("Registration and reminders"),
            RegistrationPlanForm,
            RegistrationPlanForm.read,
            _save_change,
            lead=gettext_lazy("Whoever has a place keeps it when you lower the number of places."),
        ),
        PlanSection(
            "agenda",
            gettext_lazy("Agenda"),
            AgendaForm,
            AgendaForm.read,
            _save_agenda,
            lead=gettext_lazy("Empty a row to take it out."),
            template="meetings/planning/rows.html",
        ),
    )
}


@meeting_page("meetings.change_meeting", READ_AND_SEND)
def plan_section(request: HttpRequest, meeting: Meeting, section: str) -> HttpResponse:
    """One part of the plan of a gathering of any kind."""
    found = SECTIONS.get(section)
    if found is None:
        raise Http404
    return answer_section(
        request,
        found,
        meeting=meeting,
        record=meeting,
        back=lambda: team_address(meeting),
        heading=meeting.title,
    )


@meeting_page("meetings.change_meeting", READ_AND_SEND)
def meeting_step(request: HttpRequest, meeting: Meeting, step: str) -> HttpResponse:
    """A step of the gathering's life: what it does, which mail leaves to how many, then POST."""
    transition = MEETING_WORKFLOW.transitions.get(step)
    if transition is None or not transition.permission:
        raise Http404
    form = StepReasonForm(request.POST if request.method == "POST" else None, step=transition)
    is_asked = request.method == "POST" and form.is_valid() and meeting.status in transition.sources
    reason = form.cleaned_data["reason"] if is_asked else ""
    words = form.cleaned_data.get("words", "") if is_asked else ""
    telling = telling_of_step(meeting, step, words)
    shown = telling is None or not telling.count or request.POST.get("mails") == telling.seal
    if is_asked and shown and "edit" not in request.POST:
        try:
            make_step(meeting=meeting, name=step, actor=request.user, reason=reason, words=words)  # type: ignore[arg-type]
        except TransitionRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _DONE[step])
            if telling and telling.count:
                messages.info(request, telling.sentence)
            return redirect(team_address(meeting))
    return _show_step(
        request, meeting, transition, form, telling=telling, confirms=is_asked and "edit" not in request.POST
    )


def _show_step(
    request: HttpRequest, meeting: Meeting, step: Transition, form: StepReasonForm, **context: Any
) -> HttpResponse:
    meeting.refresh_from_db()
    is_possible = meeting.status in step.sources
    missing = list(step.blockers(meeting)) if step.blockers and is_possible else []
    wrong = form.is_bound and (bool(form.errors) or not is_possible)
    page = {
        "meeting": meeting,
        "step": step,
        "sentence": _SAYS[step.name],
        "form": form,
        "is_possible": is_possible,
        "missing": missing,
        "back": team_address(meeting),
        **context,
    }
    return render(request, "meetings/planning/step.html", page, status=422 if wrong else 200)


_SAYS = {
    "schedule": gettext_lazy("The page of the gathering becomes public and people can register."),
    "postpone": gettext_lazy("It leaves its day until you publish it again on a new one; nobody loses the place."),
    "cancel": gettext_lazy("The gathering will not be held. This cannot be taken back."),
    "hold": gettext_lazy("The gathering counts as held: attendance, conclusions and certificates can follow."),
}  # fmt: skip
_DONE = {
    "schedule": gettext_lazy("The gathering is published."),
    "postpone": gettext_lazy("The gathering is postponed."),
    "cancel": gettext_lazy("The gathering is cancelled."),
    "hold": gettext_lazy("The gathering is marked as held."),
}

plan_section = survives_sign_out(plan_section)
meeting_step = survives_sign_out(meeting_step)
