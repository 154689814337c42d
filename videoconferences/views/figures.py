"""Who took part, with every number as it is: for the team of a videoconference, and for staff of a whole edition."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.exports import log_export
from programmes.models import Edition
from videoconferences.exports import figures_file
from videoconferences.models import Videoconference
from videoconferences.selectors.figures import Attended, figures_of_team, full_lines, read_attended

WHAT = "Participanți"


@never_cache
@require_safe
def videoconference_figures(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """The figures of one videoconference, for its team; for anybody else there is nothing there."""
    found = Videoconference.objects.select_related("edition", "meeting")
    videoconference = get_object_or_404(found, edition__year=year, number=number)
    if not request.user.has_perm("meetings.see_registrants_meeting", videoconference.meeting):
        raise Http404
    return _answer(
        request,
        read_attended(pk=videoconference.pk),
        name=f"participanti-{year}-{number}",
        about=f"{year}, nr. {number}",
        context={
            "title": _("Participants in videoconference no. %(number)d, %(year)d")
            % {"number": number, "year": year},
            "back": videoconference.get_absolute_url(),
            "is_edition": False,
        },
    )


@never_cache
@require_safe
def edition_figures(request: HttpRequest, year: int) -> HttpResponse:
    """The figures of an edition, for staff; for anybody else there is nothing there."""
    if not request.user.has_perm("videoconferences.see_figures_videoconference"):
        raise Http404
    edition = get_object_or_404(Edition, year=year)
    return _answer(
        request,
        read_attended(edition=edition),
        name=f"participanti-{year}",
        about=str(year),
        context={
            "title": _("Participants in edition %(year)d") % {"year": year},
            "back": edition.get_absolute_url(),
            "is_edition": True,
        },
    )


def _answer(
    request: HttpRequest, attended: Sequence[Attended], *, name: str, about: str, context: dict[str, Any]
) -> HttpResponse:
    """The page, or the groups of all four facets as a file, which is written down."""
    kind = request.GET.get("format", "")
    if kind not in ("csv", "xlsx"):
        shown = {**context, "figures": figures_of_team(attended), "has_any": bool(attended)}
        return render(request, "videoconferences/figures_team.html", shown)
    with override("ro"):
        lines = full_lines(attended)
    filters = {"videoconferințe": about}
    log_export(request.user, WHAT, filters, len(lines), file_format=kind)  # type: ignore[arg-type]
    content, content_type = figures_file(lines, kind)
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response
