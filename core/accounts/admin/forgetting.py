"""On the page of a person: a request to be forgotten that came by letter, and taking one back."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget

from core.accounts.choices import ErasureCause
from core.accounts.models import Erasure, User
from core.accounts.personal_data import erasings, notices_for
from core.accounts.services.erasure import ErasureRefusedError, ask_erasure, keep_account, refusal
from core.dates import long_date


class ForgetForm(forms.Form):
    """How the request came; erased with the person."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text=_(
            "How the request came and how you know that it is the person's own. Erased with the person."
        ),
        error_messages={"required": _("Please write the reason.")},
    )


class ForgettingMixin:
    """Buttons and page of the two steps; GET explains, only POST does."""

    opts: Any
    admin_site: Any

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.forget_view)
        urls: list[URLPattern] = super().get_urls()
        return [path("<path:object_id>/forget/", view, name="accounts_user_forget"), *urls]

    def steps(self, request: HttpRequest, obj: Any) -> list[dict[str, Any]]:
        """The button of the change page, for whoever may enter an erasure; staff lose their role first."""
        if not request.user.has_perm("accounts.forget_user") or (refusal(obj) and not _waiting(obj)):
            return []
        label = (
            _t("Take the request for erasure back") if _waiting(obj) else _t("Enter a request for erasure")
        )
        return [{"label": label, "url": reverse("admin:accounts_user_forget", args=[obj.pk])}]

    def state_label(self, obj: Any) -> str:
        """When the account will be erased; else whether it is active."""
        if waiting := _waiting(obj):
            day = long_date(localtime(waiting.due_at).date(), get_language() or "ro")
            return _t("will be erased on %(day)s") % {"day": day}
        return _t("active") if obj.is_active else _t("closed")

    def forget_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        user = self.get_object(request, unquote(object_id))  # type: ignore[attr-defined]
        if user is None:
            raise Http404
        if not request.user.has_perm("accounts.forget_user"):
            raise PermissionDenied
        form = ForgetForm(request.POST if request.POST.get("step") == "forget" else None)
        why = refusal(user)
        if request.POST.get("step") == "keep":
            keep_account(user=user)
            messages.success(request, _t("The request is taken back: the account stays."))
            return self._back(user)
        if form.is_valid():
            try:
                self._enter(request, user, form.cleaned_data["reason"])
            except ErasureRefusedError as error:
                why = str(error)
            else:
                return self._back(user)
        return TemplateResponse(request, "admin/accounts/forget.html", self._page(request, user, form, why))

    def _enter(self, request: HttpRequest, user: User, reason: str) -> None:
        assert isinstance(request.user, User)  # noqa: S101  (an administrator)
        ask_erasure(user=user, cause=ErasureCause.STAFF, by=request.user, reason=reason)
        messages.success(request, _t("The request is entered and the person is told by mail."))

    def _page(self, request: HttpRequest, user: User, form: ForgetForm, why: str) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _t("To be forgotten: %(person)s") % {"person": user},
            "object": user,
            "form": form,
            "refusal": why,
            "waiting": _waiting(user),
            "notices": notices_for(user),
            "grace_days": settings.ERASURE_GRACE_DAYS,
            "erased": [each.erased for each in erasings() if each.erased],
            "stays": [each.stays for each in erasings() if each.stays],
            "change_url": reverse("admin:accounts_user_change", args=[user.pk]),
        }

    def _back(self, user: User) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:accounts_user_change", args=[user.pk]))


def _waiting(user: User) -> Erasure | None:
    return Erasure.objects.open().filter(user=user).first()
