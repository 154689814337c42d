"""A reader says what is wrong with a public record: the form and its receipt."""

from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.publicforms import public_form
from organisations.forms.report import ReportForm
from organisations.models import Organisation, RecordReport
from organisations.selectors.organisation import present_slug
from organisations.services.reports import receive_report

RECEIPT_SALT = "organisations.report"
RECEIPT_SECONDS = 24 * 3600
TEMPLATE = "organisations/report.html"


@login_not_required
@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """The form about one public organisation; a former address leads on, what is not public is not found."""
    organisation = Organisation.objects.public().filter(slug=slug).first()
    if organisation is None:
        present = present_slug(Organisation.objects.public(), slug)
        if present is None:
            raise Http404
        return redirect("organisations:report", slug=present)
    if request.method != "POST":
        return render(request, TEMPLATE, {"organisation": organisation, "form": ReportForm(request=request)})
    form = ReportForm(request.POST, request=request)
    if form.is_valid():
        language = (get_language() or "ro")[:2]
        received = receive_report(organisation=organisation, language=language, **form.cleaned_data)
        return redirect("organisations:report_receipt", signing.dumps(received.pk, salt=RECEIPT_SALT))
    status = 429 if form.is_throttled else 422
    return render(request, TEMPLATE, {"organisation": organisation, "form": form}, status=status)


@login_not_required
@require_safe
@never_cache
def report_receipt(request: HttpRequest, token: str) -> HttpResponse:
    """Confirms what was received, to whoever has the link from the redirect; for a day; 404 for any other token."""
    try:
        number = signing.loads(token, salt=RECEIPT_SALT, max_age=RECEIPT_SECONDS)
    except signing.BadSignature:
        raise Http404 from None
    received = get_object_or_404(RecordReport.objects.select_related("organisation"), pk=number)
    return render(request, "organisations/report_receipt.html", {"report": received})
