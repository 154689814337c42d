"""The four associative structures."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.pagecache import public_page
from core.territory.models import County, TerritoryLoad
from organisations.choices import Represents
from organisations.models import AssociativeStructure
from organisations.selectors.involvement import public_partnerships
from organisations.selectors.structures import (
    counties_with_council,
    member_sources,
    structure_summaries,
    units_by_county,
    units_in_county,
)
from organisations.selectors.vocabulary import COUNTRY


@public_page
def structure_list(request: HttpRequest) -> HttpResponseBase:
    """The structures, what each represents, and the editions of which they are partners."""
    return render(
        request,
        "organisations/structure_list.html",
        {"summaries": structure_summaries(), "territory": TerritoryLoad.objects.first()},
    )


@public_page(parameters=("judet",))
def structure_detail(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A structure; with ``?judet=BV`` the units of its kind in that county, since communes are 2,862."""
    if slug != slug.lower():
        return redirect("organisations:structure_detail", slug=slug.lower(), permanent=True)
    structure = get_object_or_404(AssociativeStructure.objects.select_related("organisation"), slug=slug)
    county = _chosen_county(request.GET.get("judet", "").strip())
    is_of_counties = structure.represents == Represents.COUNTY
    by_county = units_by_county(structure)
    sources = member_sources(structure)
    return render(
        request,
        "organisations/structure_detail.html",
        {
            "structure": structure,
            "territory": TerritoryLoad.objects.first(),
            "by_county": by_county,
            "counties": list(counties_with_council()) if is_of_counties else [],
            "represented": sum(row["units"] for row in by_county),
            "sources": sources,
            "members": sum(number for _source, number in sources),
            "partnerships": list(public_partnerships().filter(structure=structure)),
            "county": county,
            "units": units_in_county(structure, county) if county and not is_of_counties else [],
        },
    )


def _chosen_county(code: str) -> County | None:
    if not code:
        return None
    if not (code.isascii() and code.isalpha() and len(code) <= 2):
        raise Http404(_("There is no such county."))
    return get_object_or_404(County.objects.current().in_country(COUNTRY), code=code.upper())
