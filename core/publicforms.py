"""What guards a form that anybody may send: a trap field, a signed time, a limit a visitor; no captcha, no cookie."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.cache import cache
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt

from core.client import client_mark

LEAST_SECONDS = 3
MOST_SECONDS = 24 * 3600
SENT_PER_HOUR = 10


class PublicFormMixin(forms.Form):
    """Refuses what a program sends; a person loses nothing that they typed and is told what to do.

    Three faults: the trap field is filled; the page was opened under 3 seconds or over 24 hours ago; more than
    10 forms of this kind came from one address within an hour. Works without JavaScript and without a session.
    """

    # How many forms of this kind one network address may send within an hour; a town hall has one address.
    sent_per_hour = SENT_PER_HOUR

    site = forms.CharField(
        label=gettext_lazy("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    opened = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.fields["opened"].initial = self._signer().sign("opened")

    @classmethod
    def _signer(cls) -> TimestampSigner:
        return TimestampSigner(salt=f"publicforms.{cls.__name__}")

    def clean_site(self) -> str:
        if self.cleaned_data.get("site"):
            raise ValidationError(_("Empty this field: it is there to stop programs that send advertising."))
        return ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._check_time(cleaned.pop("opened", ""))
        cleaned.pop("site", None)
        if not self.errors:
            self._count()
        return cleaned

    def _check_time(self, opened: str) -> None:
        try:
            self._signer().unsign(opened, max_age=MOST_SECONDS)
        except (SignatureExpired, BadSignature):
            self._renew()
            raise ValidationError(_("The page was open for too long. Please send the form again.")) from None
        try:
            self._signer().unsign(opened, max_age=LEAST_SECONDS)
        except SignatureExpired:
            return
        raise ValidationError(
            _("The form was sent very quickly. Please wait a few seconds and send it again.")
        )

    def _renew(self) -> None:
        """Puts a fresh time on the form that is shown again."""
        typed = {name: self.data[name] for name in self.data}
        self.data = {**typed, self.add_prefix("opened"): self._signer().sign("opened")}

    def _count(self) -> None:
        key = f"publicforms:{type(self).__name__}:{client_mark(self.request)}"
        cache.add(key, 0, timeout=3600)
        if cache.incr(key) > self.sent_per_hour:
            raise ValidationError(
                _("Many messages came from your network address. Please try again in an hour."),
                code="throttled",
            )

    @property
    def is_throttled(self) -> bool:
        """True when the limit, and nothing else, refused the form."""
        return self.has_error(NON_FIELD_ERRORS, code="throttled")


def public_form(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Takes the place of the CSRF token for a form that acts for nobody: no session, so no cookie, is needed.

    A form sent from another site is refused by what the browser says of its origin.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and is_foreign(request):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return csrf_exempt(guarded)


def is_foreign(request: HttpRequest) -> bool:
    """Whether the browser says that a page of another site sent the form; an old browser says nothing."""
    if request.headers.get("sec-fetch-site") in {"cross-site", "same-site"}:
        return True
    origin = request.headers.get("origin")
    return bool(origin) and (origin == "null" or urlsplit(origin).netloc != request.get_host())
