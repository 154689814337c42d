"""The page of one videoconference, and the materials given out with it."""

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core.pagecache import public_page
from core.uploads import serve_upload
from meetings.models import Material
from meetings.selectors.window import window_of_page
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
        "registration": window_of_page(page.videoconference.meeting),
        "is_team": request.user.has_perm("meetings.change_meeting", page.videoconference.meeting),  # type: ignore[union-attr]
        "badge": badge,
        "tone": tone,
        "place_names": ", ".join(
            [county.name for county in page.counties]
            if page.only_named_counties
            else [region.label for region in page.regions]
        ),
    }
    return render(request, "videoconferences/detail.html", context)


@login_not_required
@require_safe
def material_file(request: HttpRequest, year: int, number: int, material: int) -> FileResponse:
    """A public material of a public videoconference."""
    videoconference = get_object_or_404(Videoconference.objects.public(), edition__year=year, number=number)
    found = get_object_or_404(
        Material.objects.exclude(file=""), pk=material, meeting=videoconference.meeting_id, is_public=True
    )
    return serve_upload(found.file, f"videoconferinta-{year}-{number}-{found.pk}")
