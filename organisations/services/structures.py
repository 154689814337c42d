"""Loads the facts about the associative structures that the project itself keeps, with their sources."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from core.territory.models import Uat
from organisations.models import AssociativeStructure, StructureMembership
from organisations.selectors.vocabulary import COUNTRY

DATA = Path(__file__).resolve().parent.parent / "data" / "structures.yaml"


@dataclass
class StructureLoad:
    """What a load did, or would do."""

    structures_added: int = 0
    structures_changed: int = 0
    members_added: int = 0

    @property
    def changed(self) -> bool:
        return bool(self.structures_added or self.structures_changed or self.members_added)


@transaction.atomic
def load_structures(*, keep: bool = True) -> StructureLoad:
    """Bring the structures and the members that their sources bear out; a second load changes nothing.

    Structures are known by their slug. Facts of the file fill what is empty; what staff wrote stays. Members are added
    where the structure has none of that UAT, present or past, so that one that left does not come back; none is
    taken away. ``keep=False`` undoes everything at the end and only
    reports. Members need the territory: without it none is added.
    """
    load = StructureLoad()
    entries = yaml.safe_load(DATA.read_text(encoding="utf-8"))["structures"]
    for position, entry in enumerate(entries, start=1):
        structure = _load_structure({**entry, "position": position}, load)
        _load_members(structure, entry.get("members", []), load)
    if not keep:
        transaction.set_rollback(True)
    return load


def _load_structure(entry: dict[str, Any], load: StructureLoad) -> AssociativeStructure:
    facts = {name: value for name, value in entry.items() if name not in ("slug", "members")}
    structure = AssociativeStructure.objects.select_for_update().filter(slug=entry["slug"]).first()
    if structure is None:
        load.structures_added += 1
        return AssociativeStructure.objects.create(slug=entry["slug"], **facts)
    changed = [name for name, value in facts.items() if value and not getattr(structure, name)]
    if changed:
        load.structures_changed += 1
        for name in changed:
            setattr(structure, name, facts[name])
        structure.save(update_fields=changed)
    return structure


def _load_members(structure: AssociativeStructure, types: list[str], load: StructureLoad) -> None:
    known = StructureMembership.objects.filter(structure=structure, uat__isnull=False).values("uat_id")
    units = Uat.objects.current().in_country(COUNTRY).filter(type__in=types).exclude(pk__in=known)
    added = StructureMembership.objects.bulk_create(
        StructureMembership(structure=structure, uat=unit, source=structure.declared_source) for unit in units
    )
    load.members_added += len(added)
