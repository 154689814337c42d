"""Figures of participation: both measures, small groups hidden, and that no hidden cell follows from what is shown."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any

import pytest
from django.test import Client

from core.accounts.choices import Role
from core.models import ExportLog
from core.territory.models import UatTypePeriod
from meetings.choices import MeetingStatus, ParticipantLevel, PresenceSource, Sector
from meetings.models import Attendance
from organisations.models import Membership
from programmes.choices import EditionStatus, FigureKind
from tests.factories.accounts import UserFactory, sign_in, staff_client
from tests.factories.meetings import RegistrationFactory
from tests.factories.organisations import OrganisationFactory
from tests.factories.programmes import EditionFactory, StatedFigureFactory
from tests.factories.territory import CountyFactory, UatFactory
from tests.factories.videoconferences import CoOrganiserFactory, VideoconferenceFactory
from videoconferences.figures import EDITION, is_small, protect, protect_cross, protect_row
from videoconferences.selectors.figures import edition_figures, full_lines, public_figures, read_attended

SMALL = range(1, 5)


def ways(total: int, bounds: list[tuple[int, int]]) -> Iterator[tuple[int, ...]]:
    """Every way in which cells within these bounds add up to the total."""
    if not bounds:
        if total == 0:
            yield ()
        return
    low, high = bounds[0]
    least, most = (sum(side) for side in zip(*bounds[1:], strict=True)) if bounds[1:] else (0, 0)
    for value in range(max(low, total - most), min(high, total - least) + 1):
        for rest in ways(total - value, bounds[1:]):
            yield (value, *rest)


def called(count: int, most: int) -> tuple[int, int]:
    """What a reader knows of a hidden cell by what it is called."""
    return (1, 4) if is_small(count) else (5, most)


@pytest.mark.parametrize("seed", range(40))
def test_nothing_hidden_in_an_edition_can_be_solved(seed):
    """By trying: for each small cell there is another table that agrees with all that is published."""
    dice = random.Random(seed)
    values = ["a", "b", "c"]
    rows = {
        number: {value: n for value in values if (n := dice.choice((0, 2, 3, 4, 6, 8, 12)))}
        for number in range(dice.choice((1, 2, 3)))
    }
    found = protect(rows)
    totals = {number: sum(counts.values()) for number, counts in rows.items()}
    columns = {value: sum(counts.get(value, 0) for counts in rows.values()) for value in values}

    def known(row: int, value: str, count: int) -> tuple[int, int]:
        if row in found.withheld:
            return (0, sum(totals.values()))
        return called(count, sum(totals.values())) if (row, value) in found.hidden else (count, count)

    tables = product(
        *(
            ways(totals[number], [known(number, value, counts.get(value, 0)) for value in values])
            for number, counts in rows.items()
        )
    )
    edges = [known(EDITION, value, columns[value]) for value in values]
    possible: dict[tuple[int, str], set[int]] = {}
    for table in tables:
        sums = [sum(row[place] for row in table) for place in range(len(values))]
        if all(low <= n <= high for n, (low, high) in zip(sums, edges, strict=True)):
            for number, row in zip(rows, table, strict=True):
                for value, n in zip(values, row, strict=True):
                    possible.setdefault((number, value), set()).add(n)
            for value, n in zip(values, sums, strict=True):
                possible.setdefault((EDITION, value), set()).add(n)
    small = [(number, value) for number, counts in rows.items() for value, n in counts.items() if n in SMALL]
    small += [(EDITION, value) for value in values if columns[value] in SMALL]
    assert all(len(possible[cell]) > 1 for cell in small), (rows, found, possible)


@pytest.mark.parametrize("seed", range(25))
def test_nothing_hidden_in_a_cross_table_can_be_solved(seed):
    dice = random.Random(seed)
    firsts, seconds = ["x", "y"], ["a", "b", "c"]
    cross = {pair: n for pair in product(firsts, seconds) if (n := dice.choice((0, 3, 6, 9, 15)))}
    hidden = protect_cross({1: cross})
    if hidden is None:
        return
    most = sum(cross.values())
    known = {
        pair: called(cross[pair], most) if pair in hidden else (cross.get(pair, 0),) * 2
        for pair in product(firsts, seconds)
    }
    columns = {second: sum(cross.get((first, second), 0) for first in firsts) for second in seconds}
    rows = [sum(cross.get((first, second), 0) for second in seconds) for first in firsts]
    possible: dict[Any, set[int]] = {}
    for top in ways(rows[0], [known["x", second] for second in seconds]):
        bottom = [columns[second] - n for second, n in zip(seconds, top, strict=True)]
        if all(known["y", s][0] <= n <= known["y", s][1] for s, n in zip(seconds, bottom, strict=True)):
            for second, upper, lower in zip(seconds, top, bottom, strict=True):
                possible.setdefault(("x", second), set()).add(upper)
                possible.setdefault(("y", second), set()).add(lower)
    assert all(len(possible[pair]) > 1 for pair, n in cross.items() if n in SMALL), (cross, hidden)


def test_a_videoconference_looks_the_same_whatever_is_held_after_it():
    """Of two tables of different days nothing is learned: its own cells are chosen by it alone."""
    counts = {"a": 3, "b": 40, "c": 12}
    assert protect_row(counts) == {"a", "c"}
    later = protect({1: counts, 2: {"a": 2, "b": 9}, 3: {"a": 30, "c": 2}})
    assert {value for row, value in later.hidden if row == 1} == {"a", "c"}
    # Four and four of eight: both would be known, so nothing of it is published.
    assert protect_row({"a": 4, "b": 4}) is None
    assert protect({1: {"a": 4, "b": 4}, 2: {"a": 9}}).withheld == {1, EDITION}


def attend(videoconference: Any, count: int, **fields: Any) -> None:
    for _number in range(count):
        registration = RegistrationFactory(meeting=videoconference.meeting, **fields)
        Attendance.objects.create(registration=registration, source=PresenceSource.TICKED)


@pytest.fixture
def held(db: None) -> Any:
    """Two held videoconferences of an edition that has ended, with what 2021 stated."""
    edition = EditionFactory(year=2051, number=32, status=EditionStatus.ARCHIVED)
    StatedFigureFactory(edition=edition, kind=FigureKind.PARTICIPANTS, value=600, qualifier="over")
    made = [
        VideoconferenceFactory(
            edition=edition,
            number=number,
            meeting__status=MeetingStatus.HELD,
            meeting__on_date=date(2051, 4, number),
        )
        for number in (1, 2)
    ]
    county = CountyFactory(code="BV")
    uat = UatFactory(county=county)
    attend(made[0], 20, sector=Sector.NGO, level=ParticipantLevel.LOCAL, county=county, uat=uat)
    attend(made[0], 3, sector=Sector.PUBLIC, level=ParticipantLevel.COUNTY, county=county)
    attend(made[0], 9, sector=Sector.OTHER, level=ParticipantLevel.LOCAL)
    attend(made[1], 30, sector=Sector.NGO, level=ParticipantLevel.LOCAL, county=county, uat=uat)
    attend(made[1], 8, sector=Sector.PUBLIC, level=ParticipantLevel.COUNTY, county=county)
    for each in made:
        attend(each, 1, sector=Sector.NGO, level=ParticipantLevel.LOCAL, email="peste.tot@exemplu.invalid")
    return made


def numbers(figures: Any, facet: str) -> dict[str, Any]:
    table = next(each for each in figures.facets if each.name == facet)
    return {line.label: (line.attendances.count, line.persons.count) for line in table.lines}


def test_both_measures_are_counted_and_small_groups_hidden(held, client):
    first = public_figures(held[0])
    assert (first.attendances, first.persons) == (33, 33)
    assert numbers(first, "sector") == {
        "Administrație publică": (None, None),
        "Organizații neguvernamentale": (21, 21),
        "Altul": (None, None),
    }
    whole = edition_figures(held[0].edition)
    assert (whole.attendances, whole.persons) == (72, 71)
    page = client.get("/videoconferinte/2051/1/").content.decode()
    assert "33 de prezențe" in page
    assert "33 de persoane distincte" in page
    assert "sub 5" in page
    edition = client.get("/editii/2051/").content.decode()
    assert "peste" in edition
    assert "72 de prezențe" in edition
    assert "71 de persoane distincte" in edition


def test_tables_of_an_edition_wait_for_its_last_videoconference(held, client):
    edition = held[0].edition
    type(edition).objects.filter(pk=edition.pk).update(status=EditionStatus.RUNNING)
    edition.refresh_from_db()
    coming = VideoconferenceFactory(edition=edition, number=3, meeting__on_date=date(2051, 9, 1))
    figures = edition_figures(edition)
    assert (figures.attendances, figures.facets, figures.is_provisional) == (72, (), True)
    # Not held: its people are nobody's business yet, and fewer than five never are.
    attend(coming, 3, sector=Sector.NGO, level=ParticipantLevel.LOCAL)
    assert public_figures(coming) is None
    type(coming.meeting).objects.filter(pk=coming.meeting_id).update(status=MeetingStatus.HELD)
    coming.meeting.refresh_from_db()
    assert public_figures(coming).attendances is None
    assert edition_figures(edition).attendances == 72
    assert edition_figures(edition).left_out == (3,)
    assert "mai puțin de cinci persoane" in client.get("/videoconferinte/2051/3/").content.decode()


def test_the_type_of_a_uat_is_that_of_the_day(held):
    uat = held[0].meeting.registrations.exclude(uat=None).first().uat
    UatTypePeriod.objects.filter(uat=uat).update(valid_to=date(2051, 4, 2))
    UatTypePeriod.objects.create(uat=uat, type="oras", valid_from=date(2051, 4, 2))
    type(uat).objects.filter(pk=uat.pk).update(type="oras")

    types = Counter((row.number, row.uat_type) for row in read_attended(edition=held[0].edition))

    assert types[1, "comuna"] == 20
    assert types[2, "oras"] == 30


def test_the_team_sees_all_and_takes_it_along(held, client):
    videoconference = held[0]
    own = CoOrganiserFactory(videoconference=videoconference).organisation
    person = UserFactory()
    Membership.objects.create(organisation=own, user=person, role="member")
    stranger = UserFactory()
    Membership.objects.create(organisation=OrganisationFactory(), user=stranger, role="manager")
    address = "/videoconferinte/2051/1/cifre/"

    assert sign_in(Client(), stranger).get(address).status_code == 404
    assert client.get(address).status_code == 302
    team = sign_in(Client(), person)
    assert '<td class="number">3' in team.get(address).content.decode().replace("\n", "")
    assert team.get("/videoconferinte/2051/2/cifre/").status_code == 404
    assert team.get("/editii/2051/cifre/").status_code == 404
    staff = staff_client(Role.EDITOR)
    page = staff.get("/editii/2051/cifre/?format=%00")
    assert page.context["figures"].hides_any is False
    file = staff.get("/editii/2051/cifre/?format=csv")
    assert file.content.decode("utf-8-sig").splitlines()[0].startswith("Sector,Nivel,Regiune,Tipul UAT")
    assert staff.get(f"{address}?format=xlsx").content.startswith(b"PK")
    assert ExportLog.objects.filter(what="Participanți").count() == 2
    lines = full_lines(read_attended(edition=held[0].edition))
    assert sum(line[4] for line in lines) == 72
    assert sum(line[5] for line in lines) == 71


@pytest.mark.parametrize("more", [0, 40])
def test_queries_do_not_grow_with_the_people(held, client, more, django_assert_num_queries):
    attend(held[0], more, sector=Sector.NGO, level=ParticipantLevel.LOCAL)
    client.get("/videoconferinte/2051/1/")

    with django_assert_num_queries(7):
        client.get("/videoconferinte/2051/1/")
    with django_assert_num_queries(6):
        client.get("/editii/2051/")
