"""The page of one videoconference, and the materials given out with it."""

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core.pagecache import public_page
from meetings.selectors.window import window_of_page
from meetings.views.afterwards import shown_material
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
        "page_address": page.videoconference.get_absolute_url(),
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
    announced = Videoconference.objects.public().select_related("meeting")
    videoconference = get_object_or_404(announced, edition__year=year, number=number)
    return shown_material(videoconference.meeting, material)
