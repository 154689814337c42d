"""The own area: what waits for me, what I may do, who I am here."""

from typing import Any

from allauth.account import views as account
from allauth.account.internal.flows.email_verification_by_code import EmailVerificationProcess
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


class AddressView(account.EmailView):
    """Another e-mail address: it takes the place of the present one when the code sent to it is given."""

    template_name = "account/email_change.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Only the change itself: allauth's other actions are for those who have several addresses."""
        form = self.get_form()
        return self.form_valid(form) if form.is_valid() else self.form_invalid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_invalid(form)
        answer.status_code = 422
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        process = EmailVerificationProcess.resume(self.request)
        return {**super().get_context_data(**kwargs), "waiting_address": process.email if process else ""}
