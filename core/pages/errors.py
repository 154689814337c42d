"""What a person sees when a form or a try is refused; 400, 403, 404 and 500 are Django's own with our templates."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The session ended, or cookies are off: says what to do, and that nothing was sent."""
    return render(request, "pages/form_expired.html", status=403)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """Too many tries in a short time, from one address or for one account."""
    return render(request, "pages/too_many_requests.html", status=429)
