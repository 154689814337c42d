"""Requests that no page can understand end here, calmly, instead of as an error further in.

Django itself answers broken UTF-8 in paths and queries, bad hosts, malformed bodies and too many parameters.
What it lets through is the NUL character, which PostgreSQL refuses, and endless addresses.
"""

import re
from collections.abc import Callable
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse

LONGEST_PATH = 2_000
LONGEST_QUERY = 65_536
_NUL_IN_QUERY = re.compile("%00|\x00")
# Cookies may carry any character as a backslash and three octal digits.
_NUL_IN_COOKIE = re.compile(r"\\000|" + "\x00")


class MalformedRequestMiddleware:
    """No page exists at an address with NUL (404); NUL in a query or cookie is left out; 400 for endless queries."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if len(query) > LONGEST_QUERY:
            raise SuspiciousOperation("The query is longer than any page of the portal makes.")
        request.META["QUERY_STRING"] = _NUL_IN_QUERY.sub("", query)
        if _NUL_IN_COOKIE.search(request.META.get("HTTP_COOKIE", "")):
            request.META["HTTP_COOKIE"] = ""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Late, because the page that says so needs the session; an address that no view takes is Django's."""
        if "\x00" in request.path_info or len(request.path_info) > LONGEST_PATH:
            raise Http404
        return None
