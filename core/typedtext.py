"""What a person typed is not lost when their session ended meanwhile: it waits until they have signed in again.

A form's view is marked by :func:`survives_sign_out`. When such a form arrives without a session, or with the token of
an earlier one, its text is put into the visitor's own new session, nothing else happens, and the same page shows it
again after the sign-in, to be sent by the person once more. No script is needed. Files cannot be kept.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.contrib.auth.middleware import LoginRequiredMiddleware as DjangoLoginRequiredMiddleware
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt

from core.client import client_mark
from core.pages.errors import csrf_failure
from core.publicforms import is_foreign

_KEY: Final = "typed"
MOST_CHARACTERS: Final = 200_000
# Pages whose text is kept at once, and how often an hour one address may leave text behind without an account.
MOST_PAGES: Final = 3
KEPT_PER_HOUR: Final = 30
_NOT_TEXT: Final = ("csrfmiddlewaretoken", "action")

View = Callable[..., HttpResponseBase]


class LoginRequiredMiddleware(DjangoLoginRequiredMiddleware):
    """Django's, which also keeps what was typed in a form that survives the end of its session."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseRedirect:
        if request.method == "POST" and getattr(view_func, "keeps_typed", False) and not is_foreign(request):
            _keep(request)
        return super().handle_no_permission(request, view_func)


def survives_sign_out(view: View) -> View:
    """Marks the view of a form; it asks for the CSRF token itself, and never writes without a right one."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and _has_wrong_token(request):
            if not _is_from_here(request):
                return csrf_failure(request)
            _keep(request)
            return redirect(request.get_full_path())
        return view(request, *args, **kwargs)

    guarded.keeps_typed = True  # type: ignore[attr-defined]
    return csrf_exempt(guarded)


def typed_before(request: HttpRequest) -> QueryDict | None:
    """What waits for this page, as it was sent; None when nothing does."""
    typed = request.session.get(_KEY, {}).get(request.path)
    if typed is None:
        return None
    data = QueryDict(mutable=True)
    for name, values in typed.items():
        data.setlist(name, values)
    return data


def forget_typed(request: HttpRequest) -> None:
    """Lets go of what waited for this page, once it is saved."""
    waiting = request.session.get(_KEY, {})
    if waiting.pop(request.path, None) is not None:
        request.session[_KEY] = waiting


class _TokenCheck(CsrfViewMiddleware):
    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponse(status=403)


def _nothing(request: HttpRequest) -> HttpResponse:
    """A view that the check takes for the one it guards."""
    return HttpResponse()


def _has_wrong_token(request: HttpRequest) -> bool:
    check = _TokenCheck(_nothing)
    check.process_request(request)
    return check.process_view(request, _nothing, (), {}) is not None


def _is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that one of our own pages sent the form; silence is no yes."""
    said = request.headers.get("sec-fetch-site") or request.headers.get("origin")
    return bool(said) and not is_foreign(request)


def _keep(request: HttpRequest) -> None:
    typed = {name: values for name, values in request.POST.lists() if name not in _NOT_TEXT}
    if sum(len(value) for values in typed.values() for value in values) > MOST_CHARACTERS:
        return
    key = f"typedtext:{client_mark(request)}"
    cache.add(key, 0, timeout=3600)
    if cache.incr(key) > KEPT_PER_HOUR:
        return
    waiting = {**request.session.get(_KEY, {}), request.path: typed}
    request.session[_KEY] = dict(list(waiting.items())[-MOST_PAGES:])
