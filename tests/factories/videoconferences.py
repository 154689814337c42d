"""Videoconferences for tests."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from tests.factories.meetings import MeetingFactory
from tests.factories.programmes import EditionFactory
from videoconferences import models
from videoconferences.choices import ConclusionKind, ConclusionStatus


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


class ThemeProposalFactory(DjangoModelFactory):
    """A proposal that waits for an answer."""

    class Meta:
        model = models.ThemeProposal

    edition = factory.SubFactory(EditionFactory)
    organisation = factory.SubFactory("tests.factories.organisations.OrganisationFactory")
    title = factory.Sequence(lambda n: f"Tema propusă {n}")


class ConclusionFactory(DjangoModelFactory):
    """A draft; ``ConclusionFactory(published=True)`` is read by everybody."""

    class Meta:
        model = models.Conclusion

    class Params:
        published = factory.Trait(
            status=ConclusionStatus.PUBLISHED, published_at=datetime(2026, 3, 1, 8, tzinfo=UTC)
        )

    videoconference = factory.SubFactory(VideoconferenceFactory)
    kind = ConclusionKind.NEED
    text = factory.Sequence(lambda n: f"Concluzia {n}")
    position = factory.Sequence(lambda n: n)
