"""The pages of an edition's closing event and of its promoters' meetings, and registering there."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from core.pagecache import public_page
from meetings.homes import home_of
from meetings.models import Meeting
from meetings.selectors.afterwards import remains_for_everybody
from meetings.selectors.window import registration_window, window_of_page
from meetings.views.afterwards import shown_material
from meetings.views.register import registration_view
from programmes.selectors.gatherings import closing_events, promoters_meetings


@public_page
def closing_event(request: HttpRequest, year: int) -> HttpResponse:
    """The event that closes an edition; the join link is never on its page."""
    event = closing_events(request.user).filter(edition__year=year).first()
    if event is None:
        raise Http404
    context = _context(event.meeting) | {"marks_day": event.marks_day, "edition": event.edition}
    context["registration"] = window_of_page(event.meeting)
    return render(request, "programmes/gathering.html", context)


@require_safe
def promoters_meeting(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """A working meeting of the edition's promoters with the team; for anybody else there is nothing here."""
    found = get_object_or_404(promoters_meetings(request.user), edition__year=year, number=number)
    context = _context(found.meeting) | {"edition": found.edition, "is_private": True}
    context["registration"] = registration_window(found.meeting) if found.meeting.is_public else None
    response = render(request, "programmes/gathering.html", context)
    add_never_cache_headers(response)
    return response


@login_not_required
@require_safe
def closing_material(request: HttpRequest, year: int, material: int) -> FileResponse:
    """A file shown with a public closing event."""
    event = closing_events(None).filter(edition__year=year).first()
    if event is None:
        raise Http404
    return shown_material(event.meeting, material)


@require_safe
def promoters_material(request: HttpRequest, year: int, number: int, material: int) -> FileResponse:
    """A file shown with a promoters' meeting, for those who see its page."""
    found = get_object_or_404(promoters_meetings(request.user), edition__year=year, number=number)
    return shown_material(found.meeting, material)


@registration_view
def closing_register(request: HttpRequest, year: int) -> Meeting:
    """The meeting of an announced closing event."""
    event = closing_events(None).filter(edition__year=year).first()
    if event is None:
        raise Http404
    return event.meeting


@registration_view
def promoters_register(request: HttpRequest, year: int, number: int) -> Meeting:
    """The meeting of the promoters, for those who may see it once it is announced."""
    found = get_object_or_404(promoters_meetings(request.user), edition__year=year, number=number)
    if not found.meeting.is_public:
        raise Http404
    return found.meeting


# Unlike other registrations it is for people with an account and a mandate.
promoters_register.login_required = True  # type: ignore[attr-defined]


def _context(meeting: Meeting) -> dict[str, Any]:
    home = home_of(meeting)
    return {
        "meeting": meeting,
        "heading": home.heading(meeting) if home else meeting.title,
        "register_url": home.registration(meeting) if home else "",
        "agenda": list(meeting.agenda.all()),
        "page_address": home.address(meeting) if home else "",
        "remains": remains_for_everybody(meeting),
    }
