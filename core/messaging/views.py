"""Notifications that a person wants: their page, and the link in a mail that works without signing in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from core.accounts.models import User
from core.messaging.forms import NotificationForm
from core.messaging.kinds import category_named
from core.messaging.services.preferences import set_wanted, set_wanted_categories
from core.messaging.stopping import read_stop


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def notifications(request: HttpRequest) -> HttpResponse:
    """Which messages I want; what concerns my account and my requests always comes."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101  (sign-in is required by default)
    form = NotificationForm(request.POST if request.method == "POST" else None, user=user)
    if request.method == "POST" and form.is_valid():
        set_wanted_categories(user=user, wanted=form.wanted())
        messages.success(request, _("The changes are kept."))
        return redirect("account_notifications")
    return render(request, "account/notifications.html", {"form": form})


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Asks on GET; POST ends the messages, or takes that back.

    The signed address is all the proof there is, as RFC 8058 wants it: mail programs send the POST by themselves, with
    no cookie and no token of a form.
    """
    stop = read_stop(token)
    category = category_named(stop.category) if stop else None
    if stop is None or category is None:
        raise Http404
    state = "asked"
    if request.method == "POST":
        state = "wanted" if request.POST.get("wanted") == "1" else "stopped"
        set_wanted(stop=stop, wanted=state == "wanted")
    return render(request, "mail/stop.html", {"category": category, "state": state})
