"""The page behind an invitation's link."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from organisations.models import Invitation
from organisations.services import people as services


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accept or refuse, for the person whose confirmed address was invited; everybody else reads what to do."""
    found = services.invitation_of(token)
    if found is None:
        raise Http404(_("There is no such invitation."))
    is_theirs = request.user.is_authenticated and found.email in services.confirmed_addresses(request.user)
    if request.method == "POST" and is_theirs:
        return _answer(request, found)
    context = {
        "invitation": found,
        "is_theirs": is_theirs,
        "hidden_email": _hidden(found.email),
        "next": urlencode({"next": request.path}),
    }
    return render(request, "organisations/own/invitation.html", context)


def _answer(request: HttpRequest, found: Invitation) -> HttpResponse:
    name = {"organisation": found.organisation.display_name}
    try:
        if request.POST.get("action") == "refuse":
            services.refuse_invitation(invitation=found, user=request.user)  # type: ignore[arg-type]
            messages.success(request, _("You have refused the invitation to %(organisation)s.") % name)
            return redirect("my_account")
        if request.POST.get("action") == "accept":
            services.accept_invitation(invitation=found, user=request.user)  # type: ignore[arg-type]
            messages.success(request, _("From now on you act for %(organisation)s.") % name)
            return redirect("organisations:own", found.organisation.slug)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(request.path)


def _hidden(email: str) -> str:
    """Enough for its owner to know it: m…@exemplu.ro."""
    name, _at, host = email.partition("@")
    return f"{name[:1]}…@{host}"
