"""The way to an OpenID Connect provider and back."""

from typing import Any

from allauth.account.utils import get_next_redirect_url
from allauth.core import ratelimit
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.accounts.openid import OpenIDAdapter


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def openid_sign_in(request: HttpRequest, provider_id: str) -> HttpResponse:
    """GET signs in with the provider; POST, by somebody signed in, connects it to their account.

    A link on another site only shows a page that asks: nobody is signed in without having wished it. The provider
    is reached by a link of ours, since the content policy sends our forms to nobody else.
    """
    provider = _provider(request, provider_id)
    limited = ratelimit.consume_or_429(request, action="login", limit_get=True)
    if limited:
        return limited  # type: ignore[no-any-return]
    if request.method == "POST":
        if not request.user.is_authenticated:
            return redirect("account_login")
        onward = provider.redirect(request, AuthProcess.CONNECT)
        if onward.status_code != 302:
            return onward  # type: ignore[no-any-return]
        return render(
            request, "socialaccount/onward.html", {"provider": provider, "address": onward["Location"]}
        )
    if request.headers.get("sec-fetch-site") == "cross-site":
        address = provider.get_login_url(request)
        return render(request, "socialaccount/onward.html", {"provider": provider, "address": address})
    return provider.redirect(request, AuthProcess.LOGIN, get_next_redirect_url(request))  # type: ignore[no-any-return]


@login_not_required
@require_safe
@never_cache
def openid_answer(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Where the provider sends the person back with a code."""
    _provider(request, provider_id)
    view = _CallbackView.adapter_view(OpenIDAdapter(request, provider_id))
    return view(request)  # type: ignore[no-any-return]


class _CallbackView(OAuth2CallbackView):
    """Hands what the sign-in began with to the adapter, and goes on in the language of its page."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().dispatch(request, *args, **kwargs)  # type: ignore[no-any-return]
        except OAuth2Error as error:
            return render_authentication_error(request, self.adapter.get_provider(), exception=error)  # type: ignore[no-any-return]

    def _get_state(self, request: HttpRequest, provider: Any) -> tuple[Any, Any]:
        state, answer = super()._get_state(request, provider)
        if state is not None:
            self.adapter.state = state
            translation.activate(state["language"])
            request.LANGUAGE_CODE = translation.get_language()
        return state, answer


def _provider(request: HttpRequest, provider_id: str) -> Any:
    try:
        return get_adapter().get_provider(request, provider_id)
    except SocialApp.DoesNotExist:
        raise Http404 from None
