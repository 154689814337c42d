"""Coverage of an edition among a structure's members: for its representatives and for staff."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from organisations.models import AssociativeStructure
from programmes.models import Edition
from programmes.selectors.structure_coverage import structure_coverage


@require_safe
@never_cache
def structure_coverage_page(request: HttpRequest, slug: str) -> HttpResponse:
    """``?editie=2021`` chooses the edition, else the newest; a structure that one does not speak for is a 404."""
    structure = get_object_or_404(AssociativeStructure, slug=slug)
    if not request.user.has_perm("organisations.view_associativestructure", structure):
        raise Http404
    editions = list(
        Edition.objects.visible_to(request.user).filter(partners__structure=structure).order_by("-year")
    )
    asked = request.GET.get("editie", "")
    edition = next((each for each in editions if str(each.year) == asked), editions[0] if editions else None)
    return render(
        request,
        "programmes/structure_coverage.html",
        {
            "structure": structure,
            "editions": editions,
            "edition": edition,
            "coverage": structure_coverage(structure, edition) if edition else None,
        },
    )
