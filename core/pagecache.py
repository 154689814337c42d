"""Keeps whole public pages, and what they are made of, under a key of everything that they depend on.

A page is kept under the release, host, language, path, its canonical parameters, whether htmx asked for a part
of it, the version of the public data and the day in Bucharest. The version is read BEFORE the data
(:mod:`core.dataversion`), so a page under a number is never older than that number, and a change of data ends
all older pages at once. The time to live frees the memory, and is how late an announcement with a moment of its
own may appear.

Kept are only pages that are the same for everybody: answers 200 to GET or HEAD from a browser without a session.
Whoever is signed in, was left a message or sent a form has one, and gets a page of their own.
"""

import hashlib
import re
import zlib
from collections.abc import Callable, Collection
from functools import partial, wraps
from typing import Any, Final, TypeVar, cast

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.http.request import split_domain_port
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.translation import get_language

from core.dataversion import current_version
from core.singleflight import made_once

View = Callable[..., HttpResponseBase]
Pairs = list[tuple[str, str]]
# Gives the parameters in one order and spelling, or None for a request whose page is not to be kept.
Canonical = Callable[[QueryDict], Pairs | None]
Value = TypeVar("Value")

MAX_KEPT_BYTES: Final = 400_000
# Pages for words that somebody typed: no end of them, so few are kept, and not for long.
TYPED_SECONDS: Final = 60
TYPED_PER_MINUTE: Final = 600
# Longer than the slowest part takes; a process that dies at it holds the others up no longer than this.
MAKING_SECONDS: Final = 10

_PLAIN_VALUE = re.compile(r"[\w.-]{1,64}")
_MAX_PAIRS: Final = 24
_SAFE: Final = ("GET", "HEAD", "OPTIONS")
_HTMX: Final = ("HX-Request", "HX-Boosted", "HX-History-Restore-Request")
_KEPT_HEADERS: Final = ("Content-Type", "Content-Disposition", "Last-Modified", "X-Robots-Tag")


def public_page(
    view: View | None = None,
    *,
    parameters: Collection[str] = (),
    typed: Collection[str] = (),
    canonical: Canonical | None = None,
) -> Any:
    """Marks a view as open to everybody, for reading only, and keeps its pages.

    ``parameters`` are the query parameters that the view reads, each a plain word; a request with any other
    parameter, or with a value that is no plain word, is answered without the cache. ``canonical`` replaces that
    rule for views that know their parameters better. ``typed`` names those that hold what a person wrote.

    ``request.data_version`` is the version under which :func:`kept` keeps parts of the page, empty when nothing
    is to be kept. A view that must not be kept after all sets ``response.keep = False``. Such a view never
    reads cookies, nor headers other than those of htmx named above.
    """

    read = canonical or _plain(parameters)

    def decorate(inner: View) -> View:
        @wraps(inner)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in _SAFE:
                return HttpResponseNotAllowed(_SAFE)
            request.data_version = ""  # type: ignore[attr-defined]
            make = partial(inner, request, *args, **kwargs)
            response = _answer(request, make, read, typed) if _may_keep(request) else make()
            patch_cache_control(response, private=True, no_cache=True)
            patch_vary_headers(response, ("Cookie", "HX-Request"))
            return response

        page.login_required = False  # type: ignore[attr-defined]
        return page

    return decorate(view) if view else decorate


def page_key(request: HttpRequest, version: str, pairs: Pairs) -> str:
    """The key under which this request's page is kept; made of everything that the page may depend on."""
    parts = (
        settings.RELEASE,
        # Without the port, which visitors choose freely: no page depends on it, and 65,535 copies would fill the cache.
        split_domain_port(request.get_host())[0],
        get_language() or "",
        request.path,
        repr(pairs),
        ",".join(name for name in _HTMX if request.headers.get(name) == "true"),
        version,
        timezone.localdate().isoformat(),
    )
    return f"page:{_digest(*parts)}"


def kept(version: str, name: str, build: Callable[[], Value], *, is_typed: bool = False) -> Value:
    """The value of ``build`` for this version of the data, from the cache when it is there.

    ``name`` holds every other thing that the value depends on, ``is_typed`` says that a person wrote some of it.
    An empty version keeps nothing. After a change of data the first reader makes a part, and the others of that
    moment wait for it instead of making it too: counting 100,000 organisations takes half a second.
    """
    if not version:
        return build()
    key = f"part:{_digest(settings.RELEASE, version, name)}"
    if not is_typed:
        return made_once(key, build, seconds=_seconds(is_typed=False), patience=MAKING_SECONDS)
    value: Value | None = cache.get(key)
    if value is None:
        value = build()
        if _room_for_typed():
            cache.set(key, value, _seconds(is_typed=True))
    return value


def _answer(
    request: HttpRequest, make: Callable[[], HttpResponseBase], read: Canonical, typed: Collection[str]
) -> HttpResponseBase:
    """The kept page, or the page as made now and then kept; what is not the same for all is handed on as it is."""
    pairs = read(request.GET)
    key = None
    if settings.PAGE_CACHE_SECONDS:
        version = str(current_version())
        request.data_version = version  # type: ignore[attr-defined]
        key = page_key(request, version, pairs) if pairs is not None else None
    response = _stored(key) if key else None
    if response is None:
        made = make()
        if not _is_same_for_all(request, made):
            return made
        response = cast("HttpResponse", made)
        response["ETag"] = f'W/"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        if key:
            _store(key, response, is_typed=any(name in typed for name, _ in pairs or ()))
    patch_cache_control(response, private=True, no_cache=True)
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


def _may_keep(request: HttpRequest) -> bool:
    return request.method in ("GET", "HEAD") and settings.SESSION_COOKIE_NAME not in request.COOKIES


def _plain(parameters: Collection[str]) -> Canonical:
    def canonical(query: QueryDict) -> Pairs | None:
        pairs = [(name, value) for name in sorted(query) for value in query.getlist(name) if value]
        if len(pairs) > _MAX_PAIRS or any(
            name not in parameters or not _PLAIN_VALUE.fullmatch(value) for name, value in pairs
        ):
            return None
        return pairs

    return canonical


def _is_same_for_all(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Renders the answer; false for errors and redirects, for streams, and where a session or cookie was made."""
    if hasattr(response, "render") and not getattr(response, "is_rendered", True):
        response.render()
    return (
        isinstance(response, HttpResponse)
        and response.status_code == 200
        and not response.cookies
        and not getattr(getattr(request, "session", None), "modified", False)
    )


def _stored(key: str) -> HttpResponse | None:
    entry = cache.get(key)
    if entry is None:
        return None
    body, headers = entry
    response = HttpResponse(zlib.decompress(body))
    for name, value in headers.items():
        response[name] = value
    return response


def _store(key: str, response: HttpResponse, *, is_typed: bool) -> None:
    if not getattr(response, "keep", True) or len(response.content) > MAX_KEPT_BYTES:
        return
    if is_typed and not _room_for_typed():
        return
    headers = {name: response[name] for name in (*_KEPT_HEADERS, "ETag") if name in response}
    cache.set(key, (zlib.compress(response.content, 1), headers), _seconds(is_typed=is_typed))


def _seconds(*, is_typed: bool) -> int:
    return min(TYPED_SECONDS, settings.PAGE_CACHE_SECONDS) if is_typed else settings.PAGE_CACHE_SECONDS


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _room_for_typed() -> bool:
    """Whether one more entry of free choice may be kept in this minute; some thousands of kilobytes at most."""
    key = f"page-typed:{timezone.now():%H%M}"
    cache.add(key, 0, 120)
    try:
        return cache.incr(key) <= TYPED_PER_MINUTE
    except ValueError:
        return False
