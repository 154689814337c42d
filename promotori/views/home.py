"""The home page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.pagecache import public_page
from core.pages.choices import PageKey
from core.pages.selectors import page_text
from promotori.home import home_page


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """The programme at a glance."""
    return render(request, "portal/home.html", {"page": home_page(), "written": page_text(PageKey.HOME)})
