"""The registry's vocabularies: whole, idempotent, closing what leaves the file, leaving staff's work alone."""

import io

import pytest
from django.core.management import call_command

from organisations.models import BeneficiaryGroup, Domain, SustainableGoal
from promotori.loading.vocabularies import load_vocabularies, read_vocabularies

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded():
    load_vocabularies(write=True)


def without(vocabulary, code):
    entries = {**read_vocabularies()}
    entries[vocabulary] = [entry for entry in entries[vocabulary] if entry.code != code]
    return entries


def test_file_has_the_twelve_domains_of_the_law_and_seventeen_goals():
    entries = read_vocabularies()
    assert [entry.basis for entry in entries["domains"]].count("law") == 12
    assert [entry.code for entry in entries["sustainable_goals"]] == [str(number) for number in range(1, 18)]
    assert len(entries["beneficiary_groups"]) == 21


def test_load_brings_every_term_with_its_parent(loaded):
    assert (Domain.objects.count(), BeneficiaryGroup.objects.count(), SustainableGoal.objects.count()) == (
        20,
        21,
        17,
    )
    assert Domain.objects.get(code="locuire").parent.code == "dezvoltare-sociala"
    assert Domain.objects.filter(parent=None).count() == 12


def test_second_load_changes_nothing(loaded):
    ledger = load_vocabularies(write=True)
    assert (ledger.created, ledger.updated, ledger.kept) == ([], [], [])


def test_dry_run_writes_nothing():
    out = io.StringIO()
    call_command("load_vocabularies", stdout=out)
    assert "58 created" in out.getvalue()
    assert "Nothing was written" in out.getvalue()
    assert not Domain.objects.exists()


def test_term_that_left_the_file_is_closed_and_opened_when_it_comes_back(loaded):
    load_vocabularies(write=True, entries=without("domains", "animale"))
    assert not Domain.objects.get(code="animale").is_active
    load_vocabularies(write=True)
    assert Domain.objects.get(code="animale").is_active


def test_work_of_staff_stays(loaded):
    Domain.objects.filter(code="mediu").update(name="Mediu")
    Domain.objects.create(code="nou", name="Nou", name_en="New")
    ledger = load_vocabularies(write=True)
    assert Domain.objects.get(code="mediu").name == "Mediu"
    assert Domain.objects.get(code="nou").is_active
    assert len(ledger.kept) == 1
