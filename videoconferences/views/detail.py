"""The page of one videoconference, and the materials given out with it."""

from pathlib import PurePath

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core.pagecache import public_page
from meetings.models import Material
from videoconferences.models import Videoconference
from videoconferences.selectors.detail import videoconference_page
from videoconferences.views.listing import status_badge


@public_page
def videoconference_detail(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """One videoconference; the join link is never on it."""
    page = videoconference_page(request.user, year=year, number=number)
    if page is None:
        raise Http404
    badge, tone = status_badge(page.videoconference.meeting.status)
    context = {
        "page": page,
        "videoconference": page.videoconference,
        "meeting": page.videoconference.meeting,
        "edition": page.videoconference.edition,
        "badge": badge,
        "tone": tone,
        "place_names": ", ".join(
            place.name for place in (page.counties if page.only_named_counties else page.regions)
        ),
    }
    return render(request, "videoconferences/detail.html", context)


@login_not_required
@require_safe
def material_file(request: HttpRequest, year: int, number: int, material: int) -> FileResponse:
    """A public material of a public videoconference, always as a download."""
    videoconference = get_object_or_404(Videoconference.objects.public(), edition__year=year, number=number)
    found = get_object_or_404(
        Material.objects.exclude(file=""), pk=material, meeting=videoconference.meeting_id, is_public=True
    )
    try:
        content = found.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    name = f"videoconferinta-{year}-{number}-{found.pk}{PurePath(found.file.name or '').suffix.lower()}"
    response = FileResponse(content, as_attachment=True, filename=name)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
