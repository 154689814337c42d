"""The checklist follows the situation, and is honest about what it rests on."""

import pytest
from django.http import QueryDict
from django.utils import translation

from organisations.legal.checklist import DUTIES, by_phase, duties_for
from organisations.legal.duties import Grounds, Phase
from organisations.legal.papers import SLUGS
from organisations.legal.situation import Situation, canonical_pairs, read_situation


def titles(query: str) -> set[str]:
    with translation.override("en"):
        return {str(duty.title) for duty in duties_for(read_situation(QueryDict(query)))}


def test_an_untold_situation_shows_every_line():
    assert duties_for(Situation()) == list(DUTIES)


@pytest.mark.parametrize(
    ("query", "there", "away"),
    [
        ("gazda=intreprindere-sociala", "employment agency a copy", "Decide in writing"),
        ("gazda=institutie", "Decide in writing", "employment agency a copy"),
        ("gazda=ong&minori=da", "parents' agreement", "right to stay"),
        ("gazda=ong&straini=da", "right to stay", "parents' agreement"),
        ("vulnerabili=da", "behavioural integrity", "parents' agreement"),
        ("coordonator=angajat", "job description", "contract with the coordinator"),
        ("coordonator=voluntar", "contract with the coordinator", "job description"),
    ],
)
def test_a_line_with_a_condition_stands_where_it_holds(query, there, away):
    shown = " ".join(titles(query))

    assert there in shown
    assert away not in shown
    assert "Sign the volunteering contract" in shown


def test_every_paper_is_named_by_a_line_and_every_line_has_its_grounds():
    assert {slug for duty in DUTIES for slug in duty.papers} == set(SLUGS)
    for duty in DUTIES:
        if duty.grounds in (Grounds.OFFICIAL, Grounds.EXTRACT):
            assert "art. " in duty.article, duty.title
    assert [phase for phase, _ in by_phase(DUTIES)] == list(Phase)


@pytest.mark.parametrize(
    "query",
    ["gazda=nimic", "gazda=ong%00", "minori=nu", "gazda=" + "x" * 10_000, "gazda=%E2%80%AEong", "altceva=1"],
)
def test_an_address_that_makes_no_sense_is_an_untold_situation(query):
    assert read_situation(QueryDict(query)) == Situation()
    assert canonical_pairs(QueryDict(query)) is None


def test_one_situation_has_one_address():
    pairs = [("gazda", "ong"), ("coordonator", "angajat"), ("minori", "da")]
    mixed = QueryDict("minori=da&coordonator=angajat&gazda=ong&straini=")

    assert canonical_pairs(mixed) == pairs
    assert read_situation(mixed).pairs() == pairs
    assert len(read_situation(mixed).words()) == len(pairs)
