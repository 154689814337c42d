"""My registrations, in the own area."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meetings.homes import home_of
from meetings.links import registration_path
from meetings.models import Registration
from meetings.selectors.mine import registrations_of

MOST_SHOWN = 200


@require_safe
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """What is to come, the next first, and what was."""
    now = timezone.now()
    found = list(registrations_of(request.user)[:MOST_SHOWN])
    coming = [each for each in reversed(found) if each.is_active and each.meeting.begins_at > now]
    context = {
        "coming": [_line(each) for each in coming],
        "past": [_line(each) for each in found if each not in coming],
    }
    return render(request, "meetings/mine.html", context)


def _line(registration: Registration) -> dict[str, object]:
    home = home_of(registration.meeting)
    return {
        "registration": registration,
        "meeting": registration.meeting,
        "heading": home.heading(registration.meeting) if home else registration.meeting.title,
        "url": registration_path(registration),
    }
