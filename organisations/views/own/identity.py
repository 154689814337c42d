"""The change of identity: sent to the registry's team, shown beside what stands now, taken back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core.workflow import TransitionRefusedError
from organisations.choices import SubmissionKind
from organisations.forms.own_identity import IdentityChange
from organisations.models import Organisation, Submission
from organisations.questions import answers_for_reading
from organisations.selectors.own import has_enrolment_open, open_change
from organisations.services.answers import answers_of
from organisations.services.enrolment import withdraw_submission
from organisations.services.identity import CHANGEABLE, lodge_change
from organisations.views.own.access import READ_AND_SEND, own_page, own_render


@own_page("change_identity", READ_AND_SEND)
def identity(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """What stands now, what waits beside it, and the form for a change."""
    if request.method == "POST":
        return _send(request, organisation)
    change = open_change(organisation)
    answers, note = answers_of(organisation), ""
    if change is not None and change.is_writable:
        answers, note = {**answers, **change.answers}, change.note
    return _page(request, organisation, change, IdentityChange(answers, note=note))


@own_page("change_identity", ("POST",))
def withdraw(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The change is taken back; the record stays as it is."""
    change = open_change(organisation)
    try:
        if change is not None:
            withdraw_submission(submission=change, actor=request.user)  # type: ignore[arg-type]
            messages.success(request, _("The change was withdrawn. The record stays as it is."))
    except TransitionRefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect("organisations:own_identity", organisation.slug)


def _send(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    form = IdentityChange(answers_of(organisation), request.POST)
    if form.is_valid():
        try:
            note = form.note.cleaned_data["note"]
            lodge_change(organisation=organisation, answers=form.answers, note=note, actor=request.user)  # type: ignore[arg-type]
        except ValidationError as error:
            form.refuse(error.messages)
        except TransitionRefusedError as refusal:
            form.refuse([str(refusal)])
        else:
            messages.success(
                request, _("The change was sent to the registry's team. You will be told what was decided.")
            )
            return redirect("organisations:own_identity", organisation.slug)
    return _page(request, organisation, open_change(organisation), form, status=422)


def _page(
    request: HttpRequest,
    organisation: Organisation,
    change: Submission | None,
    form: IdentityChange,
    *,
    status: int = 200,
) -> HttpResponse:
    is_waiting = change is not None and not change.is_writable
    return own_render(
        request,
        "organisations/own/identity.html",
        organisation,
        form=form,
        change=change,
        is_waiting=is_waiting,
        is_changeable=organisation.register_status in CHANGEABLE,
        enrolment=has_enrolment_open(organisation),
        compared=_compared(organisation, change) if change is not None and is_waiting else [],
        status=status,
    )


def _compared(organisation: Organisation, change: Submission) -> list[dict[str, Any]]:
    """Line by line: the question, what stands now, what was asked for."""
    now = answers_for_reading(answers_of(organisation), kind=SubmissionKind.CHANGE)
    asked = answers_for_reading(change.answers, kind=SubmissionKind.CHANGE)
    return [
        {"label": label, "now": before, "asked": after, "differs": before != after}
        for (_step, old), (_same, new) in zip(now, asked, strict=True)
        for (label, before), (_label, after) in zip(old, new, strict=True)
        if before or after
    ]
