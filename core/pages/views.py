"""Accessibility statement, privacy notice, contact, and the errors of the portal."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.pages.choices import FeedbackKind, PageKey
from core.pages.forms import FeedbackForm
from core.pages.models import Feedback
from core.pages.selectors import page_text
from core.pages.services import receive_feedback
from core.publicforms import public_form

RECEIPT_SALT = "pages.receipt"
RECEIPT_SECONDS = 24 * 3600


@login_not_required
@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def accessibility(request: HttpRequest) -> HttpResponse:
    """Statement that OUG 112/2018 asks for, with the form through which a barrier is reported."""
    return _page_with_form(
        request, "pages/accessibility.html", FeedbackKind.ACCESSIBILITY, PageKey.ACCESSIBILITY
    )


@login_not_required
@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """Who is behind the portal and how to write to them."""
    return _page_with_form(request, "pages/contact.html", FeedbackKind.OTHER, PageKey.CONTACT)


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What the portal keeps about people and why."""
    return render(request, "pages/privacy.html", _words(PageKey.PRIVACY))


@login_not_required
@require_safe
@never_cache
def feedback_receipt(request: HttpRequest, token: str) -> HttpResponse:
    """Confirms what was received, to whoever has the link from the redirect; for a day; 404 for any other token."""
    try:
        number = signing.loads(token, salt=RECEIPT_SALT, max_age=RECEIPT_SECONDS)
    except signing.BadSignature:
        raise Http404 from None
    feedback = get_object_or_404(Feedback, pk=number)
    return render(request, "pages/receipt.html", {"feedback": feedback})


def _words(key: PageKey) -> dict[str, Any]:
    """What staff wrote, or nothing: the template then has the portal's own words."""
    return {"written": page_text(key), "contact_email": settings.CONTACT_EMAIL}


def _page_with_form(request: HttpRequest, template: str, kind: FeedbackKind, key: PageKey) -> HttpResponse:
    context = _words(key)
    if request.method != "POST":
        return render(request, template, {**context, "form": FeedbackForm(request=request)})
    form = FeedbackForm(request.POST, request=request)
    if form.is_valid():
        feedback = receive_feedback(kind=kind, language=(get_language() or "ro")[:2], **form.cleaned_data)
        return redirect("pages:receipt", signing.dumps(feedback.pk, salt=RECEIPT_SALT))
    return render(request, template, {**context, "form": form}, status=429 if form.is_throttled else 422)
