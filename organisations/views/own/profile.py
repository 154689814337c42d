"""The profile: what an organisation's people change at once."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core.images import serve_picture
from organisations.forms.own_identity import sent, unsent
from organisations.forms.own_profile import SECTIONS, LogoForm
from organisations.models import Organisation
from organisations.questions import raw_of
from organisations.selectors.own_answers import profile_answers
from organisations.services.profile import change_logo, save_section
from organisations.views.own.access import READ_AND_SEND, own_page, own_render


@own_page()
def profile(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Every section with what it holds and a link to change it."""
    answers = profile_answers(organisation)
    sections = []
    for word, step in SECTIONS.items():
        form = sent(step, answers)
        form.is_valid()
        sections.append({"word": word, "label": step.label, "rows": form.reading()})
    return own_render(request, "organisations/own/profile.html", organisation, sections=sections)


@own_page("change_profile", READ_AND_SEND)
def section(request: HttpRequest, organisation: Organisation, section: str) -> HttpResponse:
    """One section as a form; live as soon as it is saved."""
    step = SECTIONS.get(section)
    if step is None:
        raise Http404
    answers = profile_answers(organisation)
    if request.method != "POST":
        return own_render(request, "organisations/own/section.html", organisation, form=unsent(step, answers))
    answers[step.key], _marked = raw_of(step, request.POST)
    form = sent(step, answers)
    if not form.is_valid():
        return own_render(request, "organisations/own/section.html", organisation, form=form, status=422)
    save_section(
        organisation=organisation,
        section=step.key,
        cleaned=form.cleaned_data,
        actor=request.user,  # type: ignore[arg-type]
    )
    messages.success(request, _("Saved: %(section)s.") % {"section": step.label})
    return redirect("organisations:own_profile", organisation.slug)


@own_page("change_profile", READ_AND_SEND)
def logo(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The logo: sent, drawn again, or taken away."""
    removing = request.POST.get("action") == "remove"
    form = LogoForm(request.POST, request.FILES) if request.method == "POST" and not removing else LogoForm()
    if request.method == "POST" and (removing or form.is_valid()):
        picture = None if removing else form.cleaned_data["logo"]
        change_logo(organisation=organisation, picture=picture, actor=request.user)  # type: ignore[arg-type]
        messages.success(request, _("The logo was taken away.") if removing else _("The logo was saved."))
        return redirect("organisations:own_profile", organisation.slug)
    return own_render(
        request, "organisations/own/logo.html", organisation, form=form, status=422 if form.is_bound else 200
    )


@own_page()
def logo_file(request: HttpRequest, organisation: Organisation) -> HttpResponseBase:
    """The logo as its own people see it, whether the record is public or not."""
    return serve_picture(organisation.logo, public=False)
