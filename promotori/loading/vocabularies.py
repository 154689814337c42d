"""Loads the controlled vocabularies of the registry: domains, beneficiary groups, sustainable goals."""

from functools import cache
from pathlib import Path

import yaml
from django.db import transaction
from pydantic import Field, TypeAdapter

import organisations
from core.text import normalise
from core.vocabulary import Term
from organisations.models import BeneficiaryGroup, Domain, SustainableGoal
from promotori.loading.files import Entry
from promotori.loading.ledger import Ledger
from promotori.models import LoadedRecord

SOURCE = "vocabularies"
FILE = Path(organisations.__file__).parent / "data" / "vocabularies.yaml"
MODELS: dict[str, type[Term]] = {
    "domains": Domain,
    "beneficiary_groups": BeneficiaryGroup,
    "sustainable_goals": SustainableGoal,
}


class TermEntry(Entry):
    code: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    name: str
    name_en: str
    basis: str = ""
    parent: str = ""


@cache
def read_vocabularies() -> dict[str, list[TermEntry]]:
    """The project's terms by vocabulary; raises ``ValueError`` naming a term with an unknown or missing word."""
    adapter = TypeAdapter(dict[str, list[TermEntry]])
    return adapter.validate_python(yaml.safe_load(normalise(FILE.read_text(encoding="utf-8"))))


def load_vocabularies(*, write: bool, entries: dict[str, list[TermEntry]] | None = None) -> Ledger:
    """Bring the vocabularies to the project's file and say what was done; with ``write=False`` nothing stays.

    A second load changes nothing. A term that left the file is closed (``is_active`` false) and opened again
    when it comes back; none is deleted, and what staff changed or added is left alone.
    """
    with transaction.atomic():
        ledger = Ledger(SOURCE, reason="Preluat din vocabularele proiectului.")
        for vocabulary, model in MODELS.items():
            _load(ledger, vocabulary, model, (entries or read_vocabularies())[vocabulary])
        if not write:
            transaction.set_rollback(True)
    return ledger


def _load(ledger: Ledger, vocabulary: str, model: type[Term], entries: list[TermEntry]) -> None:
    stored = {term.code: term for term in model._default_manager.all()}
    for position, entry in enumerate(entries, start=1):
        values: dict[str, object] = {
            "name": entry.name,
            "name_en": entry.name_en,
            "basis": entry.basis,
            "position": position,
            "is_active": True,
        }
        if entry.parent:
            # Parents stand before their children in the file.
            values["parent"] = stored[entry.parent]
        term = ledger.bring(
            f"{vocabulary}:{entry.code}",
            model,
            existing=stored.get(entry.code),
            values=values,
            initial={"code": entry.code},
        )
        if term is not None:
            stored[entry.code] = term
    listed = {f"{vocabulary}:{entry.code}" for entry in entries}
    loaded = LoadedRecord.objects.filter(source=SOURCE, key__startswith=f"{vocabulary}:").exclude(
        key__in=listed
    )
    for row in loaded:
        values = {name: value for name, value in row.values.items() if name != "parent"}
        ledger.bring(row.key, model, existing=None, values={**values, "is_active": False})
