"""Gatherings for tests."""

from datetime import date

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from meetings import models
from meetings.choices import (
    MeetingKind,
    MeetingStatus,
    ParticipantLevel,
    ParticipantType,
    RegistrationStatus,
    Sector,
)


class MeetingFactory(DjangoModelFactory):
    """A scheduled videoconference with a join link that no page may show."""

    class Meta:
        model = models.Meeting

    kind = MeetingKind.VIDEOCONFERENCE
    title = factory.Sequence(lambda n: f"Videoconferința nr. {n}")
    status = MeetingStatus.SCHEDULED
    on_date = date(2026, 11, 18)
    join_url = "https://video.example.org/secret-join-link"


class RegistrationFactory(DjangoModelFactory):
    """Somebody with a place and a confirmed address.

    ``waiting=True`` puts them on the waiting list, ``ended=True`` takes them off.
    """

    class Meta:
        model = models.Registration

    class Params:
        waiting = factory.Trait(status=RegistrationStatus.WAITING, confirmed_at=None)
        ended = factory.Trait(
            status=RegistrationStatus.CANCELLED, ended_at=factory.LazyFunction(timezone.now)
        )

    meeting = factory.SubFactory(MeetingFactory)
    name = factory.Sequence(lambda n: f"Participant {n}")
    email = factory.Sequence(lambda n: f"participant{n}@exemplu.invalid")
    participant_type = ParticipantType.NGO
    sector = Sector.NGO
    level = ParticipantLevel.LOCAL
    status = RegistrationStatus.CONFIRMED
    confirmed_at = factory.LazyFunction(timezone.now)
    address_confirmed_at = factory.LazyFunction(timezone.now)
    told_sequence = factory.SelfAttribute("meeting.told_sequence")
