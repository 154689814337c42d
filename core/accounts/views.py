"""The page of one's own account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from core.accounts.models import User
from core.accounts.second_factor import has_authenticator
from core.permissions import relations_of


@never_cache
def my_account(request: HttpRequest) -> HttpResponse:
    """Who I am here, what I may do, and whether my account is safe."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101  (sign-in is required by default)
    context = {
        "roles": sorted(user.roles, key=lambda role: str(role.label)),
        "relations": relations_of(user),
        "has_second_factor": has_authenticator(user),
    }
    return render(request, "account/my_account.html", context)
