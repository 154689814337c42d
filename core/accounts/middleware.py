"""What every answer and every signed-in request must respect: content policy, second factor, admin's language."""

from collections.abc import Callable
from typing import Any

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import translation
from django.utils.http import urlencode

from core.accounts.models import User
from core.accounts.second_factor import has_authenticator, page_of_proof, session_has_second_factor

GetResponse = Callable[[HttpRequest], HttpResponse]
ADMIN_PREFIX = "/admin/"

# Features of the browser that no page of the portal uses.
UNUSED_FEATURES = (
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "encrypted-media",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "usb",
    "xr-spatial-tracking",
)
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in UNUSED_FEATURES)


class ContentPolicyMiddleware(CSPMiddleware):
    """Sends the strict policy of the settings everywhere and the admin's own under /admin/ alone."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith(ADMIN_PREFIX) and not report_only:
            parts.config = settings.ADMIN_CONTENT_SECURITY_POLICY
        return parts

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return super().process_response(request, response)


class StaffSecondFactorMiddleware:
    """Staff without a second factor in this session reach only what sets it up, asks for it, or ends the session.

    Nothing else is open to them, public pages included: what staff see there may be unpublished. The pages that
    the law asks for stay open to all. For everybody: who has a factor proves it before changing any factor, so that
    a session from before its set-up cannot add a key of its own. Must come after AuthenticationMiddleware; one
    query for staff, none for anonymous visitors.
    """

    OPEN_ROUTES = frozenset({"account_logout", "account_reauthenticate", "healthz", "readyz"})
    OPEN_NAMESPACES = frozenset({"pages"})
    SET_UP = frozenset({"mfa_index", "mfa_activate_totp", "mfa_add_webauthn"})
    PROOF = frozenset({"mfa_reauthenticate", "mfa_reauthenticate_webauthn"})
    # Pages that change or show a factor.
    CHANGES = frozenset(
        {
            "mfa_activate_totp",
            "mfa_deactivate_totp",
            "mfa_add_webauthn",
            "mfa_edit_webauthn",
            "mfa_remove_webauthn",
            "mfa_view_recovery_codes",
            "mfa_download_recovery_codes",
            "mfa_generate_recovery_codes",
        }
    )

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or match.url_name in self.OPEN_ROUTES or match.namespace in self.OPEN_NAMESPACES:
            return None
        user = request.user
        if not isinstance(user, User) or session_has_second_factor(request):
            return None
        if match.url_name not in self.CHANGES and not user.is_staff:
            return None
        if has_authenticator(user):
            return None if match.url_name in self.PROOF else self._ask(request, user)
        if user.is_staff and match.url_name not in self.SET_UP:
            return redirect("mfa_activate_totp")
        return None

    def _ask(self, request: HttpRequest, user: User) -> HttpResponse:
        answer = redirect(page_of_proof(user))
        if request.method == "GET":
            answer["Location"] += "?" + urlencode({"next": request.get_full_path()})
        return answer


class AdminLanguageMiddleware:
    """Shows the admin, whose address names no language, in the person's own."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(ADMIN_PREFIX) or not isinstance(request.user, User):
            return self.get_response(request)
        with translation.override(request.user.language):
            request.LANGUAGE_CODE = request.user.language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", request.user.language)
            return response
