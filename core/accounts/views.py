"""The page of one's own account."""

import logging
from typing import Any

from allauth.account import views as allauth_views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.accounts.models import User
from core.accounts.second_factor import has_authenticator
from core.permissions import relations_of

logger = logging.getLogger(__name__)


class PasswordResetView(allauth_views.PasswordResetView):
    """Says so when the mail cannot leave now; the same words whether the address has an account or not."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            answer: HttpResponse = super().form_valid(form)
        except OSError:
            # Errors of SMTP are OSErrors too.
            logger.exception("A mail for a new password was not sent.")
            form.add_error(
                None,
                _("The message cannot be sent now. Please try again in a few minutes; nothing was changed."),
            )
            answer = self.form_invalid(form)
        return answer


@require_safe
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
