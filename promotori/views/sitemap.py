"""Sitemaps as one answer for everybody, kept until the public data change."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.views.decorators.cache import cache_page
from django.views.decorators.http import require_safe

from core.dataversion import current_version


def sitemap_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view of Django's sitemaps whose addresses begin with SITE_URL, whatever host or port the request named.

    Only the number of the page is read: a request with other parameters gets the same kept answer, so that
    nobody fills the cache with copies. The version of the public data is part of the key.
    """
    safe = require_safe(view)

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        number = request.GET.get("p", "")
        query = f"p={int(number)}" if number.isascii() and number.isdigit() and len(number) < 5 else ""
        request.META["QUERY_STRING"] = query
        request.GET = QueryDict(query)  # type: ignore[assignment]
        request.META["HTTP_HOST"] = urlsplit(settings.SITE_URL).netloc
        # Whoever leaves the registry leaves its sitemap too, at once.
        kept = cache_page(3600, key_prefix=f"sitemap-{current_version()}")(safe)
        return kept(request, *args, **kwargs)

    return login_not_required(page)
