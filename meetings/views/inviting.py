"""Inviting to a gathering: whom it reaches, the mail as it will leave, the addresses that are missing."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.decorators import csp_update
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from core.text import normalise
from core.typedtext import forget_typed, survives_sign_out, typed_before
from meetings.emails.invitations import preview_invitation
from meetings.forms.inviting import AddressForm, LinesForm, WordsForm
from meetings.homes import counties_of, home_of
from meetings.models import InvitationRound, Meeting
from meetings.selectors.authorities import AddressQuestion, Authority, authorities, chosen
from meetings.selectors.invitations import invitation_plan, why_not_now
from meetings.selectors.replies import awaited, replies
from meetings.selectors.scopes import Scope, scope_of
from meetings.services.addresses import keep_addresses
from meetings.services.inviting import InvitationRefusedError, start_round
from meetings.teampages import team_address

PER_PAGE = 50
READ = ("GET", "HEAD")
WRITE = ("GET", "HEAD", "POST")


def inviting_page(methods: tuple[str, ...] = READ) -> Callable[..., Callable[..., HttpResponseBase]]:
    """Gives the view the gathering and for whom the person invites; for anybody else there is nothing there."""

    def decorate(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @require_http_methods(list(methods))
        @wraps(view)
        def page(request: HttpRequest, meeting: int, *args: Any, **kwargs: Any) -> HttpResponseBase:
            found = get_object_or_404(Meeting, pk=meeting)
            scope = scope_of(request.user, found, request.GET.get("structura", ""))
            if scope is None:
                raise Http404
            response = view(request, found, scope, *args, **kwargs)
            add_never_cache_headers(response)
            return response

        return page

    return decorate


@survives_sign_out
@inviting_page(WRITE)
@csp_update({"style-src": ["'unsafe-inline'"]})  # type: ignore[arg-type, untyped-decorator]
def invite(request: HttpRequest, meeting: Meeting, scope: Scope) -> HttpResponseBase:
    """Whom it reaches, and the form of one's own words; then the mail as it will leave; then it is sent."""
    return _compose(request, meeting, scope, reminds=False)


@survives_sign_out
@inviting_page(WRITE)
@csp_update({"style-src": ["'unsafe-inline'"]})  # type: ignore[arg-type, untyped-decorator]
def remind(request: HttpRequest, meeting: Meeting, scope: Scope) -> HttpResponseBase:
    """The same for those who were invited days ago and have not answered."""
    return _compose(request, meeting, scope, reminds=True)


def _compose(request: HttpRequest, meeting: Meeting, scope: Scope, *, reminds: bool) -> HttpResponse:
    typed = request.POST if request.method == "POST" else typed_before(request)
    form = WordsForm(typed)
    plan = None if reminds else invitation_plan(meeting, scope)
    count = len(plan.recipients) if plan else awaited(meeting, scope).count()
    context = about(meeting, scope) | {
        "form": form if typed is not None else WordsForm(),
        "plan": plan,
        "count": count,
        "reminds": reminds,
        "refused": why_not_now(meeting),
        "rounds": InvitationRound.objects.filter(meeting=meeting, structure=scope.structure).select_related(
            "sent_by"
        )[:20],
        "whole": replies(meeting, scope).whole,
    }
    if request.method != "POST":
        return render(request, "meetings/invitations/invite.html", context)
    if not form.is_valid() or context["refused"] or not count:
        return render(
            request, "meetings/invitations/invite.html", context, status=422 if form.errors else 409
        )
    return _preview_or_send(request, meeting, scope, form.cleaned_data["words"], context)


def _preview_or_send(
    request: HttpRequest, meeting: Meeting, scope: Scope, words: str, context: dict[str, Any]
) -> HttpResponse:
    """Sent is only what was shown: the same mail, to as many."""
    reminds = context["reminds"]
    round_ = InvitationRound(meeting=meeting, structure=scope.structure, words=words, reminds=reminds)
    mail = preview_invitation(round_)
    seal = seal_of(context["count"], mail.subject, mail.text)
    action = request.POST.get("actiune")
    if action == "schimba":
        return render(request, "meetings/invitations/invite.html", context)
    if action == "trimite" and request.POST.get("mesaj") == seal:
        try:
            job = start_round(
                meeting=meeting,
                structure=scope.structure,
                words=words,
                actor=request.user,  # type: ignore[arg-type]
                reminds=reminds,
            )
        except InvitationRefusedError as refused:
            return render(
                request, "meetings/invitations/invite.html", context | {"refused": refused}, status=409
            )
        forget_typed(request)
        if job.owner_id == request.user.pk:
            return redirect(job)
        messages.info(request, _("Somebody else has begun to send them already."))
        return redirect(context["urls"]["replies"])
    context |= {"mail": mail, "seal": seal, "words": words, "is_changed": action == "trimite"}
    return render(
        request, "meetings/invitations/preview.html", context, status=409 if action == "trimite" else 200
    )


def seal_of(count: int, subject: str, text: str) -> str:
    """Stands for exactly this mail to so many."""
    words = "\0".join((str(count), subject, text))
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:32]


@inviting_page(WRITE)
def addresses(request: HttpRequest, meeting: Meeting, scope: Scope) -> HttpResponse:
    """Authorities with and without an address, and many lines at once: read first, kept once they are confirmed."""
    found = authorities(meeting, scope)
    context = about(meeting, scope)
    if request.method == "POST" and "randuri" in request.POST:
        return _keep_lines(request, found, context["urls"]["invitation_addresses"])
    form = LinesForm(request.POST, request.FILES) if request.method == "POST" else LinesForm()
    if request.method == "POST" and form.is_valid():
        return render(request, "meetings/invitations/lines.html", context | {"reading": form.reading(found)})
    question = read_address_question(request.GET)
    context |= {
        "form": form,
        "question": question,
        "is_asked": question != AddressQuestion(),
        "counties": counties_of(meeting),
        "page_obj": Paginator(chosen(found, question), PER_PAGE).get_page(request.GET.get("pagina")),
        "total": len(found),
        "missing": sum(not each.email for each in found),
    }
    return render(request, "meetings/invitations/addresses.html", context, status=422 if form.errors else 200)


def read_address_question(query: QueryDict) -> AddressQuestion:
    """The question of an address; a county that is none finds nothing."""
    return AddressQuestion(
        county=query.get("judet", "")[:8],
        words=normalise(query.get("q", "")[:100]).strip(),
        has_address=query.get("adresa") == "cu",
    )


def _keep_lines(request: HttpRequest, found: list[Authority], back: str) -> HttpResponse:
    said: dict[str, str] = {}
    for line in request.POST["randuri"][:400_000].split("\n"):
        key, _semicolon, email = line.strip().partition(";")
        if email:
            said[key] = email
    try:
        changed = keep_addresses(among=found, said=said)
    except ValidationError:
        raise Http404 from None
    words = ngettext("%(number)d address was kept.", "%(number)d addresses were kept.", changed)
    messages.success(request, words % {"number": changed})
    return redirect(back)


@inviting_page(WRITE)
def address(request: HttpRequest, meeting: Meeting, scope: Scope, key: str) -> HttpResponse:
    """The address of one authority."""
    found = next((each for each in authorities(meeting, scope) if each.key == key), None)
    if found is None:
        raise Http404
    context = about(meeting, scope)
    form = AddressForm(request.POST if request.method == "POST" else None, initial={"email": found.email})
    if request.method == "POST" and form.is_valid():
        keep_addresses(among=[found], said={found.key: form.cleaned_data["email"]})
        messages.success(request, _("The address is kept."))
        return redirect(context["urls"]["invitation_addresses"])
    context |= {"form": form, "name": found.name}
    return render(request, "meetings/invitations/address.html", context, status=422 if form.errors else 200)


def of_scope(scope: Scope) -> str:
    """What addresses of a structure's pages end in, so that each page is of the same structure."""
    return f"?structura={scope.structure.slug}" if scope.structure else ""


def about(meeting: Meeting, scope: Scope) -> dict[str, Any]:
    """What every page about invitations says of its gathering."""
    home = home_of(meeting)
    heading = home.heading(meeting) if home else meeting.title
    return {
        "meeting": meeting,
        "scope": scope,
        "heading": heading,
        "back": reverse("meetings:structure_invitations") + of_scope(scope)
        if scope.structure
        else team_address(meeting),
        "of_scope": of_scope(scope),
        "urls": {
            name: reverse(f"meetings:{name}", args=[meeting.pk]) + of_scope(scope)
            for name in ("invitations", "invitation_addresses", "invitation_reminder", "replies")
        },
    }
