"""The registry by place: the page of a county and of a UAT."""

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.pagecache import public_page
from core.territory.models import County, Uat
from organisations.forms.registry import RegistryQuestion
from organisations.models import Organisation
from organisations.selectors.places import memberships_of, uats_of, videoconferences_of
from organisations.selectors.registry import PER_PAGE, list_rows
from organisations.selectors.vocabulary import COUNTRY, vocabulary


def _county(slug: str) -> County:
    found = (
        County.objects.current()
        .in_country(COUNTRY)
        .filter(slug=slug.lower())
        .select_related("region")
        .first()
    )
    if found is None:
        raise Http404(_("There is no such county."))
    return found


def _rows(request: HttpRequest, **place: Any) -> dict[str, Any]:
    words = vocabulary(request.data_version)  # type: ignore[attr-defined]
    seated = Organisation.objects.public().filter(**place)
    total = seated.count()
    rows = list_rows(seated.order_by("order_key", "pk")[:PER_PAGE], words) if total else []
    return {
        "total": total,
        "rows": rows,
        "others": max(0, total - PER_PAGE),
        "list_url": reverse("organisations:list"),
        "question": RegistryQuestion(),
    }


@public_page
def county(request: HttpRequest, county: str) -> HttpResponseBase:
    """A county: its organisations, its UATs, the videoconferences meant for it."""
    if county != county.lower():
        return redirect("organisations:county", county=county.lower(), permanent=True)
    place = _county(county)
    uats = list(uats_of(place))
    return render(
        request,
        "organisations/county.html",
        {
            **_rows(request, county=place),
            "county": place,
            "uats": uats,
            "with_organisations": [unit for unit in uats if unit.number],  # type: ignore[attr-defined]
            "videoconferences": videoconferences_of(place),
            "all_url": f"{reverse('organisations:list')}?judet={place.code}",
            "region_url": f"{reverse('organisations:list')}?regiune={place.region.slug}",
        },
    )


@public_page
def uat(request: HttpRequest, county: str, uat: str) -> HttpResponseBase:
    """A UAT or a sector of Bucharest: its organisations and the structure of which it is a member."""
    if (county, uat) != (county.lower(), uat.lower()):
        return redirect("organisations:uat", county=county.lower(), uat=uat.lower(), permanent=True)
    place = _county(county)
    # One that was closed keeps its page, since organisations and links may still name it.
    unit = Uat.objects.filter(county=place, slug=uat).first()
    if unit is None:
        raise Http404(_("There is no such locality in this county."))
    unit.county = place
    return render(
        request,
        "organisations/uat.html",
        {
            **_rows(request, seat=unit),
            "county": place,
            "unit": unit,
            "memberships": memberships_of(unit),
            "all_url": f"{reverse('organisations:list')}?judet={place.code}&localitate={unit.code}",
        },
    )
