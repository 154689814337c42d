"""The guide for hosts of volunteers: the law's checklist and its papers. Keeps nothing of what is ticked."""

import logging
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.documents.errors import DocumentError
from core.documents.opendocument import MEDIA_TYPE
from core.pagecache import public_page
from organisations.forms.legal import SituationForm
from organisations.legal.checklist import by_phase, duties_for
from organisations.legal.papers import Paper, all_papers, find_paper
from organisations.legal.situation import Situation, canonical_pairs, read_situation
from organisations.legal.sources import NOT_VERIFIED, SOURCES
from organisations.office import build_paper_odt
from organisations.pdf import build_paper_pdf

logger = logging.getLogger(__name__)


@public_page(canonical=canonical_pairs)
def guide(request: HttpRequest) -> HttpResponse:
    """The checklist for the situation in the address; without one, for every situation."""
    situation = read_situation(request.GET)
    query = urlencode(situation.pairs())
    address = reverse("organisations:legal") + (f"?{query}" if query else "")
    context = {
        "situation": situation,
        "form": SituationForm.showing(situation),
        "sections": _sections(situation),
        "phases": by_phase(duties_for(situation)),
        "papers": all_papers(),
        "not_verified": NOT_VERIFIED,
        "sources": SOURCES,
        "address": f"{settings.SITE_URL}{address}",
    }
    return render(request, "organisations/legal/guide.html", context)


@public_page
def paper_pdf(request: HttpRequest, paper: str) -> HttpResponse:
    """A blank paper as a form; when the machine cannot make it now, a page says so and offers the other form."""
    found = _paper(paper)
    try:
        content = build_paper_pdf(found)
    except DocumentError as error:
        logger.error("The paper %s cannot be made: %s", paper, error.remedy)
        context = {"paper": found, "reason": str(error)}
        response = render(request, "organisations/legal/unavailable.html", context, status=503)
        response["Retry-After"] = "600"
        return response
    return _file(content, "application/pdf", f"{found.slug}.pdf")


@public_page
def paper_odt(request: HttpRequest, paper: str) -> HttpResponse:
    """A blank paper for an office program."""
    found = _paper(paper)
    return _file(build_paper_odt(found), MEDIA_TYPE, f"{found.slug}.odt")


def _sections(situation: Situation) -> list[dict[str, str]]:
    words = {
        "situatie": _("Your situation"),
        "lista": _("The whole list") if situation.is_empty else _("Your list"),
        "documente": _("Blank papers"),
        "neverificat": _("What we have not verified"),
        "surse": _("What we read"),
    }
    return [{"anchor": anchor, "label": label} for anchor, label in words.items()]


def _paper(slug: str) -> Paper:
    paper = find_paper(slug)
    if paper is None:
        raise Http404
    return paper


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
