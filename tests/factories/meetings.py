"""Gatherings for tests."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from meetings import models
from meetings.choices import MeetingKind, MeetingStatus


class MeetingFactory(DjangoModelFactory):
    """A scheduled videoconference with a join link that no page may show."""

    class Meta:
        model = models.Meeting

    kind = MeetingKind.VIDEOCONFERENCE
    title = factory.Sequence(lambda n: f"Videoconferința nr. {n}")
    status = MeetingStatus.SCHEDULED
    on_date = date(2026, 11, 18)
    join_url = "https://video.example.org/secret-join-link"
