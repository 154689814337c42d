"""What a person sees when something is refused or fails; 403 and 404 are Django's own with our templates."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 from a template alone: what could not be read may have stopped before there was a session.

    Django's own asks the session for a CSRF token first, which fails there (and for 500, with the database down).
    """
    return HttpResponse(render_to_string("400.html"), status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """500 from a template alone: no database, cache, session or context processor."""
    return HttpResponse(render_to_string("500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The session ended, or cookies are off: says what to do, and that nothing was sent."""
    return render(request, "pages/form_expired.html", status=403)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """Too many tries in a short time, from one address or for one account."""
    return render(request, "pages/too_many_requests.html", status=429)
