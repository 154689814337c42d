"""History, figures by year, and the yearly confirmation."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from core.workflow import TransitionRefusedError
from organisations.choices import SubmissionKind
from organisations.forms.own_figures import OwnFiguresForm
from organisations.forms.own_identity import sent
from organisations.forms.own_profile import SECTIONS
from organisations.models import Organisation
from organisations.questions import answers_for_reading, raw_of
from organisations.questions.identity import IdentityForm
from organisations.selectors.figures import figures_by_year
from organisations.selectors.own import is_to_be_confirmed
from organisations.selectors.own_answers import figures_answers, profile_answers
from organisations.selectors.own_history import history_of
from organisations.selectors.reconfirmation import asked_now, last_confirmed_on
from organisations.services.answers import answers_of
from organisations.services.figures import save_figures
from organisations.services.reconfirmation import confirm_record
from organisations.views.own.access import READ_AND_SEND, own_page, own_render
from organisations.workflow import has_lapsed

PER_PAGE = 30
YEARS_OFFERED = 5
FIRST_YEAR = 2000


@own_page()
def history(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Who changed what, and when."""
    page = Paginator(history_of(organisation), PER_PAGE).get_page(request.GET.get("pagina"))
    return own_render(request, "organisations/own/history.html", organisation, page_obj=page)


@own_page()
def figures(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The years that are filled in, and those that may be."""
    rows = list(figures_by_year(organisation))
    last = timezone.localdate().year - 1
    filled = {row.year for row in rows}
    empty = [year for year in range(last, last - YEARS_OFFERED, -1) if year not in filled]
    return own_render(request, "organisations/own/figures.html", organisation, rows=rows, empty_years=empty)


@own_page("fill_figures", READ_AND_SEND)
def figures_year(request: HttpRequest, organisation: Organisation, year: int) -> HttpResponse:
    """The figures of one year: sums by a button, saved by another."""
    if not FIRST_YEAR <= year < timezone.localdate().year:
        raise Http404
    answers = figures_answers(organisation, year)
    if request.method == "POST":
        answers["figures"] = {**raw_of(OwnFiguresForm, request.POST)[0], "year": str(year)}
    form = sent(OwnFiguresForm, answers)
    if request.method == "POST" and form.is_valid() and request.POST.get("action") != "sums":
        save_figures(organisation=organisation, year=year, cleaned=form.cleaned_data, actor=request.user)  # type: ignore[arg-type]
        messages.success(request, _("The figures of %(year)s were saved.") % {"year": year})
        return redirect("organisations:own_figures", organisation.slug)
    wrong = request.method == "POST" and not form.is_valid()
    return own_render(
        request,
        "organisations/own/figures_year.html",
        organisation,
        form=form,
        year=year,
        status=422 if wrong else 200,
    )


@own_page("confirm", READ_AND_SEND)
def confirm(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The whole record to read, and one button that says it is true."""
    if request.method == "POST":
        try:
            confirm_record(organisation=organisation, actor=request.user)  # type: ignore[arg-type]
        except TransitionRefusedError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Thank you: the record is confirmed for a year."))
        return redirect("organisations:own_confirm", organisation.slug)
    answers = profile_answers(organisation)
    profile = [(step.label, word, sent(step, answers).reading()) for word, step in SECTIONS.items()]
    asked, lapsed = asked_now(organisation), has_lapsed(organisation)
    return own_render(
        request, "organisations/own/confirm.html", organisation,
        identity=_identity(organisation), profile=profile,
        asked=asked, has_lapsed=lapsed, confirmed_on=last_confirmed_on(organisation),
        is_asked=lapsed or is_to_be_confirmed(asked, timezone.localdate()),
    )  # fmt: skip


def _identity(organisation: Organisation) -> list[tuple[str, list[tuple[str, str]]]]:
    """What the registry's team answers for; other names stand in the profile."""
    names = str(IdentityForm.base_fields["aliases"].label)
    read = answers_for_reading(answers_of(organisation), kind=SubmissionKind.CHANGE)
    return [(step, [row for row in rows if row[0] != names]) for step, rows in read]
