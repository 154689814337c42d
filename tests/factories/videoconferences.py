"""Videoconferences for tests."""

import factory
from factory.django import DjangoModelFactory

from tests.factories.meetings import MeetingFactory
from tests.factories.programmes import EditionFactory
from videoconferences import models


class ThemeFactory(DjangoModelFactory):
    class Meta:
        model = models.Theme

    code = factory.Sequence(lambda n: f"tema-{n}")
    name = factory.Sequence(lambda n: f"Tema {n}")
    name_en = factory.Sequence(lambda n: f"Theme {n}")


class VideoconferenceFactory(DjangoModelFactory):
    """A videoconference; ``VideoconferenceFactory(regions=[...], meeting__on_date=...)``."""

    class Meta:
        model = models.Videoconference
        skip_postgeneration_save = True

    edition = factory.SubFactory(EditionFactory)
    meeting = factory.SubFactory(MeetingFactory)
    number = factory.Sequence(lambda n: n + 1)

    @factory.post_generation
    def regions(self: models.Videoconference, create: bool, extracted: object, **kwargs: object) -> None:
        if create and extracted:
            self.regions.set(extracted)  # type: ignore[arg-type]


class CoOrganiserFactory(DjangoModelFactory):
    class Meta:
        model = models.CoOrganiser

    videoconference = factory.SubFactory(VideoconferenceFactory)
    organisation = factory.SubFactory("tests.factories.organisations.OrganisationFactory")
    position = factory.Sequence(lambda n: n)
