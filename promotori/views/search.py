"""The page of the portal-wide search."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.pagecache import public_page
from core.text import fold
from organisations.forms.registry import clean_text
from promotori.search import search_portal


@public_page(parameters=("q",), typed=("q",))
def search(request: HttpRequest) -> HttpResponse:
    """Results by kind for ``q``; an empty or senseless text shows the form with a word of help."""
    text = clean_text(request.GET.get("q", ""))
    groups = search_portal(text)
    context = {
        "query": text,
        "groups": groups,
        "has_letters": bool(fold(text)),
        "total": sum(len(group.hits) for group in groups),
    }
    return render(request, "portal/search.html", context)
