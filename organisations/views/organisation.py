"""The page of one organisation."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.images import serve_picture
from core.pagecache import public_page
from organisations.choices import ContactKind, RegisterStatus
from organisations.models import Organisation
from organisations.selectors.organisation import find_profile, present_slug
from organisations.selectors.registry import place_label
from organisations.selectors.vocabulary import vocabulary

_TONES = {RegisterStatus.LISTED: "green", RegisterStatus.RECORDED: "plain"}


@public_page
def detail(request: HttpRequest, slug: str) -> HttpResponseBase:
    """An organisation by its address; a former address leads on for ever, what is not public is not found."""
    words = vocabulary(request.data_version)  # type: ignore[attr-defined]
    visible = Organisation.objects.visible_to(request.user)
    profile = find_profile(visible, slug, words)
    if profile is None:
        present = present_slug(visible, slug)
        if present is None:
            raise Http404(_("There is no such organisation."))
        return redirect("organisations:detail", slug=present, permanent=True)
    organisation = profile.organisation
    county = words.county(organisation.county_id)
    seat = organisation.seat.name if organisation.seat else None
    return render(
        request,
        "organisations/detail.html",
        {
            "organisation": organisation,
            "profile": profile,
            "county": county,
            "place": place_label(seat, county),
            "status_tone": _TONES.get(organisation.register_status, "red"),
            "contacts": [_contact(contact) for contact in profile.contacts],
        },
    )


@login_not_required
@require_safe
def logo(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The logo of an organisation that the reader may see; 404 where there is none."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    return serve_picture(organisation.logo, public=organisation.is_public)


def _contact(contact: object) -> dict[str, str]:
    """A contact with the address that it opens; what is no plain address is shown as text."""
    kind, value = contact.kind, contact.value  # type: ignore[attr-defined]
    href = ""
    if kind == ContactKind.EMAIL and "@" in value:
        href = f"mailto:{value}"
    elif kind == ContactKind.PHONE:
        href = f"tel:{value.replace(' ', '')}"
    elif kind == ContactKind.WEBSITE and value.startswith(("https://", "http://")):
        href = value
    return {"label": str(ContactKind(kind).label), "value": value, "href": href}
