"""My data: what the portal keeps about me, all of it to take away, consents, and being forgotten."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.accounts import own_records
from core.accounts.exports import personal_archive, told
from core.accounts.forms import ErasureForm
from core.accounts.models import Consent, Erasure, User
from core.accounts.personal_data import erasings, notices_for
from core.accounts.selectors import consents_of
from core.accounts.services.consents import ConsentStaysError, withdraw_consent
from core.accounts.services.erasure import ErasureRefusedError, ask_erasure, keep_account, refusal

SHOWN_RECORDS = 10


def _me(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101  (sign-in is required by default)
    return request.user


@require_safe
@never_cache
def my_data(request: HttpRequest) -> HttpResponse:
    """Everything that the portal keeps about me, section by section, with why and for how long."""
    user = _me(request)
    context = {
        "sections": told(
            user, get_language() or user.language, without=[own_records.consents], shown=SHOWN_RECORDS
        ),
        "given": consents_of(user),
        "waiting": Erasure.objects.open().filter(user=user).first(),
    }
    return render(request, "account/data.html", context)


@require_safe
@never_cache
def my_data_archive(request: HttpRequest) -> FileResponse:
    """The same as an archive, made at once and sent piece by piece."""
    name = f"promotorii-voluntariatului-{timezone.localdate():%Y-%m-%d}.zip"
    return FileResponse(
        personal_archive(_me(request)), as_attachment=True, filename=name, content_type="application/zip"
    )


@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Takes one of my own consents back; anybody else's does not exist here."""
    consent = get_object_or_404(Consent, pk=number, user=_me(request))
    try:
        withdraw_consent(consent=consent)
    except ConsentStaysError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The consent is withdrawn."))
    return redirect("account_data")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]
def my_erasure(request: HttpRequest) -> HttpResponse:
    """Says what goes and what stays; sent with my address typed and my password just proved, it asks for erasure."""
    user = _me(request)
    form = ErasureForm(request.POST if request.method == "POST" else None, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            ask_erasure(user=user)
        except ErasureRefusedError as error:
            form.add_error(None, str(error))
        else:
            return redirect("account_data_erasure")
    status = 422 if form.errors else 200
    return render(request, "account/data_erasure.html", _erasure_context(user, form), status=status)


def _erasure_context(user: User, form: ErasureForm) -> dict[str, Any]:
    return {
        "form": form,
        "grace_days": settings.ERASURE_GRACE_DAYS,
        "waiting": Erasure.objects.open().filter(user=user).first(),
        "refusal": refusal(user),
        "notices": notices_for(user),
        "erased": [erasing.erased for erasing in erasings() if erasing.erased],
        "stays": [erasing.stays for erasing in erasings() if erasing.stays],
    }


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Takes my request for erasure back."""
    if keep_account(user=_me(request)):
        messages.success(request, _("Your account stays. Nothing was erased."))
    return redirect("account_data")
