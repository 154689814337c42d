"""Where I am signed in, and ending that."""

from allauth.account.internal.flows.logout import logout
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.accounts.adapter import NO_ADDRESS
from core.accounts.device import device_of
from core.accounts.models import User


@require_safe
@never_cache
def session_list(request: HttpRequest) -> HttpResponse:
    """Every place where I am signed in, this one first, then the newest."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101  (sign-in is required by default)
    sessions = [
        {
            "pk": session.pk,
            "device": device_of(session.user_agent),
            "address": "" if session.ip == NO_ADDRESS else session.ip,
            "since": session.created_at,
            "is_this": session.session_key == request.session.session_key,
            "mark": _("this one") if session.session_key == request.session.session_key else "",
        }
        for session in UserSession.objects.purge_and_list(user)
    ]
    sessions.sort(key=lambda each: (each["is_this"], each["since"]), reverse=True)
    others = sum(not each["is_this"] for each in sessions)
    return render(request, "usersessions/usersession_list.html", {"sessions": sessions, "others": others})


@require_POST
def session_end(request: HttpRequest, number: int) -> HttpResponse:
    """Ends one of my sessions at once; ending this one is signing out."""
    session = get_object_or_404(UserSession, pk=number, user=request.user)
    if session.session_key == request.session.session_key:
        session.delete()
        logout(request)
        return redirect("account_login")
    session.end()
    messages.success(request, _("That session has ended."))
    return redirect("usersessions_list")


@require_POST
def session_end_others(request: HttpRequest) -> HttpResponse:
    """Ends every session of mine but this one, at once."""
    end_other_sessions(request, request.user)
    messages.success(request, _("All other sessions have ended."))
    return redirect("usersessions_list")
