"""What a merge of two records would do, shown before it is made."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.territory.models import County
from organisations.choices import OPEN_SUBMISSIONS, RegisterStatus
from organisations.models import Organisation
from organisations.selectors.relations import mentions_of, relations_to, twin_of

# What is chosen together: a seat without its county would stand in another one, a part without its whole nowhere.
# Lists (domains, counties …) are joined; state and address stay the kept record's.
CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "legal_name": ("legal_name",),
    "public_name": ("public_name",),
    "acronym": ("acronym",),
    "kind": ("kind", "parent"),
    "legal_form": ("legal_form",),
    "cui": ("cui",),
    "national_register_number": ("national_register_number",),
    "court_register_number": ("court_register_number", "court_register_date", "court"),
    "seat": ("seat", "county"),
    "level": ("level",),
    "summary": ("summary",),
    "logo": ("logo",),
    "source": ("source",),
}


@dataclass(frozen=True)
class FieldPair:
    """One choice of the page: what both records say, in words."""

    name: str
    label: str
    kept: str
    merged: str
    suggests_merged: bool

    @property
    def differs(self) -> bool:
        return self.kept != self.merged


@dataclass(frozen=True)
class Moving:
    """Rows of one kind that move; ``twins`` of them stand at both records and become one."""

    label: str
    count: int
    twins: int


@dataclass(frozen=True)
class MergePlan:
    """All that the page of a merge shows."""

    kept: Organisation
    merged: Organisation
    pairs: list[FieldPair]
    moving: list[Moving]
    refusals: list[str]

    @property
    def seal(self) -> str:
        """Changes with any value that the page shows, so that nobody chooses what they have not seen."""
        shown = repr((self.kept.pk, self.merged.pk, [(pair.kept, pair.merged) for pair in self.pairs]))
        return sha256(shown.encode()).hexdigest()[:32]


def plan_merge(kept: Organisation, merged: Organisation) -> MergePlan:
    """The plan as it stands now; asks each related table once or twice."""
    return MergePlan(kept, merged, _pairs(kept, merged), list(_moving(kept, merged)), blockers(kept, merged))


def blockers(kept: Organisation, merged: Organisation) -> list[str]:
    """Sentences that say what stands in the way; none lets the merge pass."""
    found = []
    if merged.register_status == RegisterStatus.LISTED and kept.register_status != RegisterStatus.LISTED:
        found.append(_("“%(name)s” is listed: keep that record.") % {"name": merged.display_name})
    if merged.is_example != kept.is_example:
        found.append(_("One record is an example and the other is not."))
    if _structure(kept) and _structure(merged):
        found.append(_("Both are associative structures: two structures are not one organisation."))
    if merged.submissions.filter(status__in=OPEN_SUBMISSIONS).exists() and (
        kept.submissions.filter(status__in=OPEN_SUBMISSIONS).exists()
    ):
        found.append(_("Both records have a request under way: decide one of them first."))
    if _far_apart(kept, merged) or _far_apart(merged, kept):
        found.append(
            _("One record stands above the other with another between them: change what it is part of first.")
        )
    return found


def suggested_kept(first: Organisation, second: Organisation) -> tuple[Organisation, Organisation]:
    """The record that had better stay, then the other: the listed one, the one with a CUI, the older one."""

    def weight(organisation: Organisation) -> tuple[bool, bool, int]:
        is_listed = organisation.register_status == RegisterStatus.LISTED
        return (is_listed, bool(organisation.cui), -organisation.pk)

    return (first, second) if weight(first) >= weight(second) else (second, first)


def _structure(organisation: Organisation) -> Any:
    return getattr(organisation, "structure", None)


def _far_apart(lower: Organisation, upper: Organisation) -> bool:
    """Whether going up from one leads to the other by way of a third."""
    passed: set[int] = set()
    above = lower.parent.parent if lower.parent and lower.parent_id != upper.pk else None
    while above is not None and above.pk not in passed:
        if above.pk == upper.pk:
            return True
        passed.add(above.pk)
        above = above.parent
    return False


def _pairs(kept: Organisation, merged: Organisation) -> list[FieldPair]:
    found = []
    for name, fields in CHOICES.items():
        label = capfirst(str(Organisation._meta.get_field(name).verbose_name))  # type: ignore[union-attr]
        left, right = (
            "; ".join(said for field in fields if (said := _shown(record, field)))
            for record in (kept, merged)
        )
        found.append(FieldPair(name, label, left, right, suggests_merged=not left and bool(right)))
    return found


def _shown(organisation: Organisation, name: str) -> str:
    value = getattr(organisation, name)
    display = getattr(organisation, f"get_{name}_display", None)
    if display is not None:
        return str(display()) if value else ""
    if name == "county" and isinstance(value, County):
        return value.full_name
    if name == "court_register_date" and value:
        return f"{value:%d.%m.%Y}"
    return str(value or "")


def _moving(kept: Organisation, merged: Organisation) -> Iterable[Moving]:
    for relation in relations_to(Organisation):
        if relation.is_history:
            continue
        rows = [
            row for row in relation.rows_of(merged) if row.pk != kept.pk or not isinstance(row, Organisation)
        ]
        if rows:
            twins = sum(twin_of(row, relation.field, kept) is not None for row in rows)
            yield Moving(_name(relation.model), len(rows), twins)
    for model, kind in mentions_of(Organisation):
        count = model._base_manager.filter(**kind, object_id=str(merged.pk)).count()
        if count:
            yield Moving(_name(model), count, 0)


def _name(model: type[models.Model]) -> str:
    """The table in words; the links of a list by the list's own name."""
    for field in Organisation._meta.many_to_many:
        if field.remote_field.through is model:
            return capfirst(str(field.verbose_name))
    return capfirst(str(model._meta.verbose_name_plural))
