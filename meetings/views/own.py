"""The page of one registration, for whoever has its signed address: see, confirm, change, withdraw."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.publicforms import public_form
from meetings.links import registration_from
from meetings.models import Registration


def own_registration(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives the view the registration of its signed address instead of the token; 404 for any other words.

    The address is the person's key: no session, no cookie, no CSRF token; forms from other sites are refused.
    """

    @login_not_required
    @never_cache
    @public_form
    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        registration: Registration | None = registration_from(token)
        if registration is None:
            raise Http404
        return view(request, registration)

    return opened


@own_registration
@require_safe
def own(request: HttpRequest, registration: Registration) -> HttpResponse:
    """What the person has, where they join, and what they can do."""
    return render(request, "meetings/own.html", {"registration": registration})
