"""The board of themes: read by everybody, written by the people of organisations while an edition takes themes."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.pagecache import public_page
from core.typedtext import forget_typed, survives_sign_out, typed_before
from core.workflow import TransitionRefusedError
from programmes.models import Edition
from videoconferences.choices import OPEN_FOR_THEMES, ProposalStatus
from videoconferences.forms.board import ProposalForm, RankingForm
from videoconferences.models import ThemeProposal
from videoconferences.selectors.board import (
    board_editions,
    chosen_edition,
    own_organisations,
    own_proposals,
    ranks_of,
    read_board,
    to_be_ranked,
)
from videoconferences.services.board import change_proposal, propose_theme, rank_themes, withdraw_proposal

PER_PAGE = 30
_SENT = ["GET", "HEAD", "POST"]
_TONES = {ProposalStatus.TAKEN: "green", ProposalStatus.DECLINED: "plain"}


@public_page(parameters=("editia", "pagina"))
def board(request: HttpRequest) -> HttpResponse:
    """What organisations propose for an edition, by points, and what became of it."""
    editions = board_editions(request.user)
    edition = chosen_edition(editions, request.GET.get("editia", ""))
    if edition is None:
        return render(request, "videoconferences/board_empty.html")
    shown = read_board(request.user, edition)
    page = Paginator(shown.lines, PER_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "board": shown,
        "edition": edition,
        "editions": editions,
        "page_obj": page,
        "lines": [
            {"line": line, "tone": _TONES.get(ProposalStatus(line.proposal.status), "blue")}
            for line in page.object_list
        ],
        "may_answer": request.user.has_perm("videoconferences.decide_themeproposal"),
        "propose_url": f"{reverse('videoconferences:theme_propose')}?editia={edition.year}",
    }
    return render(request, "videoconferences/board.html", context)


@survives_sign_out
@never_cache
@require_http_methods(_SENT)
def propose(request: HttpRequest) -> HttpResponse:
    """A new theme, on behalf of one of the person's organisations."""
    edition = _edition(request)
    own = own_organisations(request.user)
    if (closed := _closed(request, edition)) is not None:
        return closed
    if not own:
        return render(request, "videoconferences/board_no_organisation.html", {"edition": edition})
    form = ProposalForm(_typed(request), organisations=own)
    if request.method == "POST" and form.is_valid():
        chosen = next(each for each in own if each.slug == form.cleaned_data["organisation"])
        values = {"title": form.cleaned_data["title"], "why": form.cleaned_data["why"]}
        try:
            made = propose_theme(organisation=chosen, edition=edition, actor=request.user, **values)  # type: ignore[arg-type]
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _done(request, made.edition, _("Your theme is on the board."), made.pk)
    return _form_page(request, "videoconferences/board_proposal.html", form, edition=edition, proposal=None)


@survives_sign_out
@never_cache
@require_http_methods(_SENT)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own proposal in other words, while nobody has answered it."""
    proposal = get_object_or_404(own_proposals(request.user), pk=pk)
    present = {"title": proposal.title, "why": proposal.why}
    form = ProposalForm(request.POST if request.method == "POST" else typed_before(request) or present)
    if request.method == "POST" and form.is_valid():
        try:
            change_proposal(proposal=proposal, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _done(request, proposal.edition, _("The theme was changed."), proposal.pk)
    return _form_page(
        request,
        "videoconferences/board_proposal.html",
        form,
        edition=proposal.edition,
        proposal=proposal,
        is_open=_takes_changes(proposal),
    )


@never_cache
@require_http_methods(_SENT)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, then takes one's own proposal off the board."""
    proposal = get_object_or_404(own_proposals(request.user), pk=pk)
    refusal = ""
    if request.method == "POST":
        try:
            withdraw_proposal(proposal=proposal, actor=request.user)  # type: ignore[arg-type]
        except (TransitionRefusedError, ValidationError) as error:
            refusal = str(error) if isinstance(error, TransitionRefusedError) else error.messages[0]
        else:
            return _done(request, proposal.edition, _("The theme was withdrawn from the board."))
    context = {
        "proposal": proposal,
        "edition": proposal.edition,
        "refusal": refusal,
        "is_open": _takes_changes(proposal),
    }
    return render(request, "videoconferences/board_withdraw.html", context, status=422 if refusal else 200)


@survives_sign_out
@never_cache
@require_http_methods(_SENT)
def rank(request: HttpRequest, slug: str) -> HttpResponse:
    """The order in which one of the person's organisations wants the themes."""
    edition = _edition(request)
    organisation = next((each for each in own_organisations(request.user) if each.slug == slug), None)
    if organisation is None:
        raise Http404(_("There is no such page among your organisations."))
    if (closed := _closed(request, edition)) is not None:
        return closed
    now = {f"place_{each.place}": str(each.proposal_id) for each in ranks_of(organisation, edition)}
    form = RankingForm(_typed(request), proposals=to_be_ranked(organisation, edition), initial=now)
    if request.method == "POST" and form.is_valid():
        try:
            rank_themes(
                organisation=organisation,
                edition=edition,
                proposals=form.in_order(),
                actor=request.user,  # type: ignore[arg-type]
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _done(request, edition, _("The order of your organisation was saved."))
    return _form_page(
        request, "videoconferences/board_ranking.html", form, edition=edition, organisation=organisation
    )


def _edition(request: HttpRequest) -> Edition:
    """The edition of the address, or the newest that takes themes; what is sent to a closed one is refused in words."""
    edition = chosen_edition(board_editions(request.user), request.GET.get("editia", ""))
    if edition is None:
        raise Http404(_("This edition takes no proposals of themes now."))
    return edition


def _closed(request: HttpRequest, edition: Edition) -> HttpResponse | None:
    """Back to the board, for whoever only looks at the form of an edition that takes no themes."""
    if request.method == "POST" or edition.status in OPEN_FOR_THEMES:
        return None
    messages.info(request, _("This edition takes no proposals of themes now."))
    return redirect(f"{reverse('videoconferences:board')}?editia={edition.year}")


def _takes_changes(proposal: ThemeProposal) -> bool:
    return proposal.status == ProposalStatus.PROPOSED and proposal.edition.status in OPEN_FOR_THEMES


def _typed(request: HttpRequest) -> Any:
    """What was sent, or what waited behind the sign-in."""
    return request.POST if request.method == "POST" else typed_before(request)


def _form_page(request: HttpRequest, template: str, form: Any, **context: Any) -> HttpResponse:
    wrong = request.method == "POST" and not form.is_valid()
    return render(request, template, {"form": form, **context}, status=422 if wrong else 200)


def _done(request: HttpRequest, edition: Edition, sentence: str, pk: int | None = None) -> HttpResponse:
    forget_typed(request)
    messages.success(request, sentence)
    anchor = f"#propunere-{pk}" if pk else ""
    return redirect(f"{reverse('videoconferences:board')}?editia={edition.year}{anchor}")
