"""The ways into an account: signing up, and a forgotten password."""

import logging
from typing import Any

from allauth.account import views as allauth_views
from django.http import HttpResponse
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)


class SignupView(allauth_views.SignupView):
    """Takes a name, an address and a password from anybody; the answer is the same for a known address."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "request": self.request}

    def form_invalid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_invalid(form)
        answer.status_code = 429 if form.is_throttled else 422
        return answer


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
