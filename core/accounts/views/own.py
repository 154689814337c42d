"""The own area: what waits for me, what I may do, who I am here."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.accounts.area import waiting_for
from core.accounts.forms import ProfileForm
from core.accounts.models import User
from core.accounts.second_factor import has_authenticator
from core.permissions import relations_of


@require_safe
@never_cache
def my_account(request: HttpRequest) -> HttpResponse:
    """What waits for me, for whom I speak, what I may do, and whether my account is safe."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101  (sign-in is required by default)
    context = {
        "waiting": waiting_for(user),
        "roles": sorted(user.roles, key=lambda role: str(role.label)),
        "relations": relations_of(user),
        "has_second_factor": has_authenticator(user),
    }
    return render(request, "account/my_account.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def profile(request: HttpRequest) -> HttpResponse:
    """My name, and the language in which the portal writes to me."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The changes are kept."))
        return redirect("account_profile")
    return render(request, "account/profile.html", {"form": form}, status=422 if form.errors else 200)
