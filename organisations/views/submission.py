"""A request as a whole: checked, lodged, followed, withdrawn, thrown away; a record claimed."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.typedtext import forget_typed, survives_sign_out, typed_before
from core.workflow import TransitionRefusedError
from organisations.choices import SubmissionKind, SubmissionStatus
from organisations.emails.enrolment import name_for_applicant
from organisations.models import Organisation, Submission
from organisations.questions import answers_for_reading, form_of, raw_of, steps_of
from organisations.questions.closing import ClaimForm
from organisations.selectors.enrolment import CLAIMABLE, alike
from organisations.services.drafts import begin_claim, discard_draft, save_step
from organisations.services.enrolment import lodge_submission, missing, same_record, withdraw_submission
from organisations.views.enrolment import own_request, saved_sentence


@require_safe
@never_cache
def submission(request: HttpRequest, pk: int) -> HttpResponse:
    """What one asked: to be checked and lodged while it is written, then where it stands."""
    asked = own_request(request, pk)
    return _page(request, asked)


@require_http_methods(["GET", "HEAD", "POST"])
def lodge(request: HttpRequest, pk: int) -> HttpResponse:
    """Hands the request in; what is missing, or already there, is said on the page of the request."""
    asked = own_request(request, pk)
    if request.method != "POST":
        return redirect("organisations:submission", asked.pk)
    try:
        lodge_submission(submission=asked, actor=request.user)  # type: ignore[arg-type]
    except (TransitionRefusedError, ValidationError) as refusal:
        return _page(request, asked, refused=_words(refusal))
    return redirect("organisations:submission", asked.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks once more, then takes back what was lodged, or deletes what never was."""
    asked = own_request(request, pk)
    if request.method != "POST":
        return render(request, "organisations/enrolment/withdraw.html", _named(asked))
    try:
        if asked.lodged_at is None:
            discard_draft(submission=asked)
            messages.success(request, _("The draft is deleted."))
        else:
            withdraw_submission(submission=asked, actor=request.user)  # type: ignore[arg-type]
            messages.success(request, _("The request is withdrawn."))
    except TransitionRefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("organisations:submission", asked.pk)
    return redirect("organisations:enrolment")


@survives_sign_out
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Somebody who speaks for a public record asks to keep it."""
    return _claim(request, get_object_or_404(Organisation.objects.public(), slug=slug))


@survives_sign_out
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def claim_waiting(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The same for the record that has the CUI of one's own draft and is not public: only the CUI is told of it."""
    same = same_record(own_request(request, pk))
    if same is None or same.organisation.register_status not in CLAIMABLE:
        raise Http404
    return _claim(request, same.organisation)


def _claim(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    name = organisation.display_name if organisation.is_public else f"CUI {organisation.cui}"
    context: dict[str, Any] = {"name": name, "organisation": organisation}
    waiting = typed_before(request)
    if request.method != "POST":
        form = ClaimForm(raw_of(ClaimForm, waiting)[0] if waiting else None)
        context["came_back"] = waiting is not None
        return render(request, "organisations/enrolment/claim.html", {**context, "form": form})
    form = ClaimForm(raw_of(ClaimForm, request.POST)[0])
    try:
        asked = _lodge_claim(request, organisation, form)
    except (TransitionRefusedError, ValidationError) as refusal:
        context["refused"] = _words(refusal)
        asked = None
    if asked is None:
        return render(request, "organisations/enrolment/claim.html", {**context, "form": form}, status=422)
    forget_typed(request)
    return redirect("organisations:submission", asked.pk)


def _lodge_claim(request: HttpRequest, organisation: Organisation, form: ClaimForm) -> Submission | None:
    """The claim, lodged; one that waits already as it is; None when the form is wrong."""
    if not form.is_valid():
        return None
    cui = "" if organisation.is_public else organisation.cui
    asked = begin_claim(organisation=organisation, applicant=request.user, cui=cui)  # type: ignore[arg-type]
    if asked.status == SubmissionStatus.LODGED:
        messages.info(request, _("You have claimed this record already."))
        return asked
    asked = save_step(submission=asked, step=ClaimForm.key, raw=raw_of(ClaimForm, request.POST)[0])
    return lodge_submission(submission=asked, actor=request.user)  # type: ignore[arg-type]


def _page(request: HttpRequest, asked: Submission, *, refused: str = "") -> HttpResponse:
    read = answers_for_reading(asked.answers, kind=asked.kind)
    steps = steps_of(asked.kind)
    context = {
        **_named(asked),
        "sections": [
            {
                "key": step.key,
                "word": step.word,
                "label": label,
                "rows": rows,
                "is_answered": any(text for _label, text in rows)
                or (step.key == "logo" and bool(asked.logo)),
            }
            for step, (label, rows) in zip(steps, read, strict=True)
        ],
        "refused": refused,
    }
    if not asked.is_writable:
        return render(request, "organisations/enrolment/submission.html", context)
    context |= {
        "missing": missing(asked),
        "same": same_record(asked) if asked.kind != SubmissionKind.CLAIM else None,
        "alike": alike(asked),
        "step_labels": [*(str(step.label) for step in steps), _("Check")],
        "saved": saved_sentence(asked),
        "notes": list(form_of(steps[0], asked.answers).notes()),
    }
    return render(request, "organisations/enrolment/check.html", context, status=422 if refused else 200)


def _named(asked: Submission) -> dict[str, Any]:
    return {"submission": asked, "name": name_for_applicant(asked)}


def _words(refusal: Exception) -> str:
    return " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)
