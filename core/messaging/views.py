"""Ending a kind of messages by the link in a mail, without signing in."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse

from core.messaging.stopping import read_stop


@login_not_required
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Asks on GET; only POST ends the messages."""
    if read_stop(token) is None:
        raise Http404
    return HttpResponse(status=501)
