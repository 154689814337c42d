"""What the database refuses, whoever writes."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from programmes.choices import ActivityKind
from programmes.models import (
    Activity,
    CalendarText,
    Edition,
    EditionDocument,
    EditionPart,
    EditionPhase,
    Mandate,
)
from tests.factories.organisations import OrganisationFactory
from tests.factories.programmes import EditionFactory, EditionPartFactory, StatedFigureFactory

pytestmark = pytest.mark.django_db


def refuses(create: object) -> bool:
    try:
        with transaction.atomic():
            create()  # type: ignore[operator]
    except IntegrityError:
        return True
    return False


def test_edition_has_its_year_and_number_alone_and_dates_in_order() -> None:
    edition = EditionFactory()

    assert refuses(lambda: EditionFactory(year=edition.year))
    assert refuses(lambda: EditionFactory(number=edition.number))
    assert refuses(lambda: EditionFactory(year=2018))
    assert refuses(lambda: EditionFactory(number=0))
    assert refuses(lambda: EditionFactory(number=90))
    assert refuses(lambda: EditionFactory(starts_on=date(2026, 2, 1), ends_on=date(2026, 1, 31)))


def test_edition_reads_as_people_say_it() -> None:
    edition = EditionFactory(number=2, year=2021)

    assert str(edition) == "Ediția a II-a (2021)"
    assert str(EditionPart(edition=edition, number=1)) == "Ediția a II-a (2021), partea 1"
    with override("en"):
        assert str(edition) == "Edition II (2021)"
    # What a form holds while it says what is wrong with it.
    assert str(Edition(number=120, year=2021)) == "120 (2021)"


def test_parts_phases_and_figures_stand_once() -> None:
    part = EditionPartFactory(number=1)
    figure = StatedFigureFactory(edition=part.edition)

    assert refuses(lambda: EditionPart.objects.create(edition=part.edition, number=1))
    assert refuses(
        lambda: EditionPartFactory(edition=part.edition, starts_on=date(2026, 2, 1), ends_on=date(2026, 1, 1))
    )
    assert refuses(lambda: StatedFigureFactory(edition=part.edition, kind=figure.kind))
    EditionPhase.objects.create(edition=part.edition, phase="call", opens_at="2026-01-01T00:00Z")
    assert refuses(
        lambda: EditionPhase.objects.create(edition=part.edition, phase="call", opens_at="2026-02-01T00:00Z")
    )


def test_mandate_is_one_an_organisation_and_edition() -> None:
    edition, organisation = EditionFactory(), OrganisationFactory()
    Mandate.objects.create(edition=edition, organisation=organisation, source="Decizia")

    assert refuses(lambda: Mandate.objects.create(edition=edition, organisation=organisation, source="Alta"))
    assert refuses(
        lambda: Mandate.objects.create(
            edition=edition,
            organisation=OrganisationFactory(),
            source="D",
            starts_on=date(2026, 2, 1),
            ends_on=date(2026, 1, 1),
        )
    )


def test_lines_of_the_calendar_have_their_positions_alone() -> None:
    edition = EditionFactory()
    Activity.objects.create(edition=edition, kind=ActivityKind.PERMANENT, position=1, title="a")
    CalendarText.objects.create(edition=edition, kind="purpose", position=1, text="a")

    assert refuses(lambda: Activity.objects.create(edition=edition, kind="permanent", position=1, title="b"))
    assert refuses(lambda: CalendarText.objects.create(edition=edition, kind="purpose", position=1, text="b"))


def test_document_has_a_file_an_address_or_a_text() -> None:
    edition = EditionFactory()

    assert refuses(lambda: EditionDocument.objects.create(edition=edition, kind="altul", title="t", slug="t"))
