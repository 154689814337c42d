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
from core.accounts.second_factor import has_authenticator, session_has_second_factor

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
    the law asks for stay open to all. Must come after AuthenticationMiddleware; one query for staff, none for
    anonymous visitors.
    """

    OPEN_ROUTES = frozenset(
        {
            "account_logout",
            "account_reauthenticate",
            "mfa_index",
            "mfa_activate_totp",
            "mfa_reauthenticate",
            "healthz",
            "readyz",
        }
    )
    OPEN_NAMESPACES = frozenset({"pages"})

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
        if not isinstance(user, User) or not user.is_staff or session_has_second_factor(request):
            return None
        if not has_authenticator(user):
            return redirect("mfa_activate_totp")
        answer = redirect("mfa_reauthenticate")
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
