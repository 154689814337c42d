"""Who comes into the pages of a gathering's team: whoever has the permission with this very gathering."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods

from meetings.models import Meeting

View = Callable[..., HttpResponseBase]
READ = ("GET", "HEAD")
READ_AND_SEND = ("GET", "HEAD", "POST")


def meeting_page(permission: str, methods: tuple[str, ...] = READ) -> Callable[[View], View]:
    """Gives the view the gathering of the address; for anybody without the permission there is nothing there.

    The page is kept in no cache: it names people or what is not announced yet.
    """

    def decorate(view: View) -> View:
        @require_http_methods(list(methods))
        @wraps(view)
        def page(request: HttpRequest, meeting: int, *args: Any, **kwargs: Any) -> HttpResponseBase:
            found = get_object_or_404(Meeting, pk=meeting)
            allow(request, permission, found)
            response = view(request, found, *args, **kwargs)
            add_never_cache_headers(response)
            return response

        return page

    return decorate


def allow(request: HttpRequest, permission: str, meeting: Meeting) -> None:
    """Raises ``Http404`` for whoever may not."""
    if not request.user.has_perm(permission, meeting):  # type: ignore[union-attr]
        raise Http404
