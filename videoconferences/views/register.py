"""Registering for a videoconference."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from meetings.models import Meeting
from meetings.views.register import registration_view
from videoconferences.models import Videoconference


@registration_view
def register(request: HttpRequest, year: int, number: int) -> Meeting:
    """The meeting of a public videoconference."""
    public = Videoconference.objects.public().select_related("meeting", "edition")
    return get_object_or_404(public, edition__year=year, number=number).meeting
