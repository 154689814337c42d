"""Enrolment in steps: the page that explains it, drafts, each step, the logo."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.images import redraw, serve_picture
from core.territory.selectors import county_by_code, suggest_uats
from core.typedtext import forget_typed, survives_sign_out, typed_before
from core.workflow import TransitionRefusedError
from organisations.emails.enrolment import name_for_applicant
from organisations.models import Submission
from organisations.questions import StepForm, form_of, raw_of, step_by_word, steps_of
from organisations.questions.closing import LogoForm
from organisations.questions.figures import FiguresForm, year_of
from organisations.questions.identity import RegistrationForm
from organisations.questions.place import ActivityForm
from organisations.selectors.enrolment import alike, open_requests
from organisations.services.drafts import begin_enrolment, keep_logo, save_step
from organisations.services.enrolment import same_record


@login_not_required
@require_safe
@never_cache
def start(request: HttpRequest) -> HttpResponse:
    """What enrolment is and what it takes; one's own requests, when signed in."""
    own = open_requests(request.user) if request.user.is_authenticated else []
    requests = [(each, name_for_applicant(each) or _("Draft without a name")) for each in own]
    return render(request, "organisations/enrolment/start.html", {"requests": requests})


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """A draft, and its first step; whoever comes here by a link is sent to the button."""
    if request.method != "POST":
        return redirect("organisations:enrolment")
    try:
        draft = begin_enrolment(applicant=request.user)  # type: ignore[arg-type]
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("organisations:enrolment")
    return redirect("organisations:submission_step", draft.pk, steps_of(draft.kind)[0].word)


@survives_sign_out
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, pk: int, word: str) -> HttpResponseBase:
    """One step: shown with what is kept of it, or saved, wrong answers included."""
    submission = own_request(request, pk)
    kind = step_by_word(submission.kind, word)
    if kind is None:
        raise Http404
    if not submission.is_writable:
        return redirect("organisations:submission", submission.pk)
    if request.method == "POST":
        return _save_logo(request, submission) if kind is LogoForm else _save(request, submission, kind)
    waiting = typed_before(request)
    answers = (
        submission.answers if waiting is None else {**submission.answers, kind.key: raw_of(kind, waiting)[0]}
    )
    return _page(request, submission, form_of(kind, answers), came_back=waiting is not None)


@require_safe
@never_cache
def localities(request: HttpRequest) -> JsonResponse:
    """Names of localities of a county that are like what is typed, for the page's script."""
    county = county_by_code(request.GET.get("judet", "")[:8])
    text = request.GET.get("q", "")[:120]
    found = suggest_uats(text, county=county, limit=8) if county is not None and text.strip() else []
    return JsonResponse(
        {"found": [{"code": uat.code, "name": uat.name, "label": uat.full_name} for uat in found]}
    )


@require_safe
@never_cache
def submitted_logo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The logo of a request, to its applicant and to staff."""
    submission = get_object_or_404(Submission.objects.visible_to(request.user), pk=pk)
    return serve_picture(submission.logo, public=False)


def own_request(request: HttpRequest, pk: int) -> Submission:
    """The person's own request, or that of their organisation; 404 for any other."""
    own = Submission.objects.written_by(request.user).select_related("organisation")
    return get_object_or_404(own, pk=pk)


def _save(request: HttpRequest, submission: Submission, kind: type[StepForm]) -> HttpResponse:
    raw, marked = raw_of(kind, request.POST)
    if kind is FiguresForm:
        raw["year"] = str(year_of(submission.answers))
    try:
        saved = save_step(submission=submission, step=kind.key, raw=raw)
    except TransitionRefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("organisations:submission", submission.pk)
    forget_typed(request)
    if request.headers.get("x-autosave"):
        return JsonResponse({"saved": saved_sentence(saved)})
    form = form_of(kind, saved.answers)
    _say_what_was_taken_out(request, form, marked)
    if request.POST.get("action") == "leave":
        messages.success(request, saved_sentence(saved))
        return redirect("organisations:enrolment")
    if not form.is_valid() or _is_there_already(form, saved):
        return _page(request, saved, form, status=422)
    return _onward(request, saved, kind)


def _is_there_already(form: StepForm, submission: Submission) -> bool:
    """Whether another record has this CUI; the page says so, with the way to claim it."""
    return isinstance(form, RegistrationForm) and same_record(submission) is not None


def _onward(request: HttpRequest, submission: Submission, kind: type[StepForm]) -> HttpResponse:
    steps = steps_of(submission.kind)
    place = steps.index(kind) + 1
    if "verificare" in request.GET or place == len(steps):
        return redirect("organisations:submission", submission.pk)
    return redirect("organisations:submission_step", submission.pk, steps[place].word)


def _save_logo(request: HttpRequest, submission: Submission) -> HttpResponse:
    file = request.FILES.get("logo")
    try:
        if file is not None:
            keep_logo(submission=submission, picture=redraw(file, size=file.size or 0))
        elif request.POST.get("remove"):
            keep_logo(submission=submission, picture=None)
    except TransitionRefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("organisations:submission", submission.pk)
    except ValidationError as error:
        form = LogoForm({})
        form.full_clean()
        form.add_error("logo", error)
        return _page(request, submission, form, status=422)
    if request.POST.get("action") == "leave":
        return redirect("organisations:enrolment")
    if request.POST.get("remove"):
        return redirect("organisations:submission_step", submission.pk, LogoForm.word)
    return _onward(request, submission, LogoForm)


def _say_what_was_taken_out(request: HttpRequest, form: StepForm, marked: list[str]) -> None:
    labels = [str(form.fields[name].label) for name in marked if name in form.fields]
    if labels:
        messages.warning(
            request,
            _("We took invisible characters out of: %(fields)s. Please check that the text is still right.")
            % {"fields": ", ".join(labels)},
        )


def saved_sentence(submission: Submission) -> str:
    """ "The draft was saved at 14.32"."""
    return _("The draft was saved at %(time)s.") % {
        "time": f"{timezone.localtime(submission.saved_at):%H.%M}"
    }


def _page(
    request: HttpRequest,
    submission: Submission,
    form: StepForm,
    *,
    status: int = 200,
    came_back: bool = False,
) -> HttpResponse:
    steps = steps_of(submission.kind)
    place = steps.index(type(form))
    same = same_record(submission) if isinstance(form, RegistrationForm) and form.is_bound else None
    context: dict[str, Any] = {
        "submission": submission,
        "form": form,
        "step_labels": [*(str(each.label) for each in steps), _("Check")],
        "current": place + 1,
        "to_check": "verificare" in request.GET,
        "previous": steps[place - 1].word if place else "",
        "came_back": came_back,
        "saved": saved_sentence(submission) if submission.answers or submission.logo else "",
        "notes": list(form.notes()) if form.is_bound else [],
        "same": same,
        "alike": alike(submission) if isinstance(form, ActivityForm) else [],
    }
    return render(request, form.template, context, status=status)
