"""Who comes into the pages of an organisation, and what all of them show."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from organisations.models import Organisation
from organisations.selectors.own import present_own_slug

View = Callable[..., HttpResponseBase]
READ = ("GET", "HEAD")
READ_AND_SEND = ("GET", "HEAD", "POST")

# Address, label, and the verb that opens it, of each page of the area, in the order of its menu.
PAGES = (
    ("own", gettext_lazy("Overview"), ""),
    ("own_profile", gettext_lazy("Profile"), ""),
    ("own_identity", gettext_lazy("Identity"), "change_identity"),
    ("own_people", gettext_lazy("People"), ""),
    ("own_figures", gettext_lazy("Figures"), ""),
    ("own_confirm", gettext_lazy("Confirmation"), "confirm"),
    ("own_history", gettext_lazy("History"), ""),
)


def own_page(verb: str = "", methods: tuple[str, ...] = READ) -> Callable[[View], View]:
    """Gives the view the organisation of the address, if the person acts for it: nothing is there for anybody else.

    ``verb`` is what the person must be allowed to do (organisations/rules.py): a colleague without it is refused.
    ``"post:verb"`` asks it only of what is sent. A former address leads to the present one.
    """
    on_sending = verb.startswith("post:")
    permission = f"organisations.{verb.removeprefix('post:')}_organisation" if verb else ""

    def decorate(view: View) -> View:
        @require_http_methods(methods)
        @wraps(view)
        def page(request: HttpRequest, slug: str, **parts: Any) -> HttpResponseBase:
            own = Organisation.objects.of_person(request.user).select_related("county", "seat")
            organisation = own.filter(slug=slug).first()
            if organisation is None:
                return _elsewhere(request, slug, parts)
            asked = permission and (request.method == "POST" or not on_sending)
            if asked and not request.user.has_perm(permission, organisation):
                raise PermissionDenied(_("Only a manager of the organisation may do this."))
            response = view(request, organisation, **parts)
            add_never_cache_headers(response)
            return response

        return page

    return decorate


def _elsewhere(request: HttpRequest, slug: str, parts: dict[str, Any]) -> HttpResponse:
    present = present_own_slug(request.user, slug) if request.method in READ else None
    if present is None or request.resolver_match is None:
        raise Http404(_("There is no such page among your organisations."))
    return redirect(request.resolver_match.view_name, **{**parts, "slug": present})


def may(request: HttpRequest, verb: str, organisation: Organisation) -> bool:
    """Whether the person may do this here."""
    return bool(request.user.has_perm(f"organisations.{verb}_organisation", organisation))


def own_render(
    request: HttpRequest, template: str, organisation: Organisation, *, status: int = 200, **context: Any
) -> HttpResponse:
    """A page of the area: the organisation, its menu, and what the page is about."""
    links = [
        {
            "label": label,
            "href": reverse(f"organisations:{name}", args=[organisation.slug]),
            "current": _mark(request, name),
        }
        for name, label, verb in PAGES
        if not verb or may(request, verb, organisation)
    ]
    shown = {"organisation": organisation, "organisation_links": links, **context}
    return render(request, template, shown, status=status)


def _mark(request: HttpRequest, name: str) -> str:
    """ "page" for the page itself, "true" for one below it."""
    here = request.resolver_match.url_name if request.resolver_match else ""
    below = {"own_section": "own_profile", "own_logo": "own_profile", "own_figures_year": "own_figures"}
    below |= dict.fromkeys(("own_invite", "own_person", "own_leave"), "own_people")
    return "page" if here == name else "true" if below.get(here or "") == name else ""
