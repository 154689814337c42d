"""The admin site: unfold's, with the portal's own sign-in, labels of choices and a search that takes any address."""

from typing import Any, cast

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from unfold.sites import UnfoldAdminSite

from promotori.admin_site import NAVIGATION


class ChoicesView(AutocompleteJsonView):
    """Choices by the label of their own admin page, so that namesakes are told apart."""

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        label = getattr(self.model_admin, "option_label", str)
        return {"id": str(getattr(obj, to_field_name)), "text": label(obj)}


class PortalAdminSite(UnfoldAdminSite):
    index_title = _("What waits")
    enable_nav_sidebar = True

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Asks for every permission and address of every model, so only when a page shows the list: most do not."""
        return cast(
            list[Any], SimpleLazyObject(lambda: super(PortalAdminSite, self).get_app_list(request, app_label))
        )

    def get_sidebar_list(self, request: HttpRequest) -> list[dict[str, Any]]:
        """The menu with what the person may view; unfold's own asks for each address many times, on every page."""
        index, groups = reverse("admin:index"), []
        for group in NAVIGATION:
            items = []
            for item in group["items"]:
                if "permission" not in item or item["permission"](request):
                    link = str(item["link"])
                    active = request.path == link if link == index else link in request.path
                    items.append({**item, "link": link, "active": active, "has_permission": True})
            groups.append({**group, "items": items})
        return groups

    def autocomplete_view(self, request: HttpRequest) -> HttpResponseBase:  # type: ignore[override]
        return ChoicesView.as_view(admin_site=self)(request)

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """There is one sign-in for the whole portal."""
        if request.user.is_authenticated and self.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index"))
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"), reverse("account_login"))

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return HttpResponseRedirect(reverse("account_change_password"))

    def search(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Unfold's search trusts its page number; it has one page here."""
        query = request.GET.copy()
        query.pop("page", None)
        query["s"] = query.get("s", "").replace("\0", "")[:100]
        request.GET = query  # type: ignore[assignment]
        return super().search(request, extra_context)
