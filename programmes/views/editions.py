"""The list of editions and the page of one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from core.pagecache import public_page
from programmes.selectors.editions import edition_list as list_editions
from programmes.selectors.editions import edition_page


@public_page
def edition_list(request: HttpRequest) -> HttpResponse:
    """All editions, newest first."""
    return render(request, "programmes/edition_list.html", {"editions": list_editions(request.user)})


@public_page
def edition_detail(request: HttpRequest, year: int) -> HttpResponse:
    """One edition as it was; a draft is a 404 for everybody but staff."""
    page = edition_page(request.user, year)
    if page is None:
        raise Http404
    return render(request, "programmes/edition_detail.html", {"page": page, "edition": page.edition})
