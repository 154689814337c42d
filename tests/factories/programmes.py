"""Editions and what they publish, for tests."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from programmes import models
from programmes.choices import DocumentKind, EditionStatus, FigureKind


class EditionFactory(DjangoModelFactory):
    """A running edition; ``EditionFactory(draft=True)`` is one in preparation."""

    class Meta:
        model = models.Edition

    class Params:
        draft = factory.Trait(status=EditionStatus.DRAFT)
        past = factory.Trait(status=EditionStatus.ARCHIVED)

    number = factory.Sequence(lambda n: n % 60 + 3)
    year = factory.Sequence(lambda n: 2030 + n % 70)
    status = EditionStatus.RUNNING
    purpose = "sprijinirea voluntariatului"


class EditionPartFactory(DjangoModelFactory):
    class Meta:
        model = models.EditionPart

    edition = factory.SubFactory(EditionFactory)
    number = factory.Sequence(lambda n: n + 1)


class StatedFigureFactory(DjangoModelFactory):
    class Meta:
        model = models.StatedFigure

    edition = factory.SubFactory(EditionFactory)
    kind = FigureKind.PROMOTERS
    value = 19
    source = "Sinteza"


class AnnouncementFactory(DjangoModelFactory):
    """A published announcement; ``published_at=None`` is a draft."""

    class Meta:
        model = models.Announcement

    title = factory.Sequence(lambda n: f"Anunțul {n}")
    slug = factory.Sequence(lambda n: f"anuntul-{n}")
    body = "Un text cu **litere groase**."
    published_at = datetime(2026, 3, 1, 8, tzinfo=UTC)


class EditionDocumentFactory(DjangoModelFactory):
    class Meta:
        model = models.EditionDocument

    edition = factory.SubFactory(EditionFactory)
    kind = DocumentKind.OTHER
    title = factory.Sequence(lambda n: f"Documentul {n}")
    slug = factory.Sequence(lambda n: f"documentul-{n}")
    text = "Textul documentului."
