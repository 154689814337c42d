"""Two records that are one organisation become one: nothing that stood at either is lost (row O13)."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.text import fold
from core.workflow import workflow_of
from organisations.choices import NameKind
from organisations.models import FormerSlug, Organisation, OrganisationMerge, OrganisationName
from organisations.selectors.merging import CHOICES, blockers
from organisations.selectors.relations import Relation, mentions_of, relations_to, twin_of
from organisations.services.twins import TWINS

if TYPE_CHECKING:
    from core.accounts.models import User


class MergeRefusedError(Exception):
    """The records were not merged, and nothing changed; the text says why."""


_hooks: list[Callable[[Organisation, Organisation], None]] = []


def on_merge(
    hook: Callable[[Organisation, Organisation], None],
) -> Callable[[Organisation, Organisation], None]:
    """Registers what an upper floor does in the same transaction, as ``hook(kept, merged)``.

    Foreign keys, one-to-ones, links and mentions by kind and number follow by themselves; a hook is for keys that a
    model cannot tell of.
    """
    _hooks.append(hook)
    return hook


@transaction.atomic
def merge_organisations(
    *, kept: Organisation, merged: Organisation, take: Mapping[str, bool], reason: str, actor: "User"
) -> OrganisationMerge:
    """Moves all that stands at ``merged`` to ``kept``, and erases the emptied record.

    ``take`` says for each of :data:`CHOICES` whether the merged record's value stays; what it leaves out stays as it
    is. The merged record's names go on as other names, its address leads to the kept record for ever,
    its fields and every row that had a twin are kept in the returned row. Both rows are locked in the order of their
    keys, so of two merges of the same records, in whatever direction, one is made. Raises
    :class:`MergeRefusedError` in words.
    """
    if not reason.strip():
        raise MergeRefusedError(_("Please write the reason: it stays in the record's history."))
    kept, merged = _locked(kept, merged)
    refusals = blockers(kept, merged)
    if refusals:
        raise MergeRefusedError(" ".join(refusals))
    if not actor.has_perm("organisations.merge_organisation", kept):
        raise MergeRefusedError(_("You do not have the right to merge records."))
    move = _Move(actor, reason)
    before = _fields(merged)
    values = _chosen(kept, merged, take)
    for relation in relations_to(Organisation):
        move.relation(relation, kept, merged)
    for model, kind in mentions_of(Organisation):
        found = model._base_manager.filter(**kind, object_id=str(merged.pk))
        move.count(model._meta.label_lower, found.update(object_id=str(kept.pk)))
    for hook in _hooks:
        hook(kept, merged)
    with override("ro"):
        step = _("Merged into “%(name)s”.") % {"name": kept.display_name}
        merged._change_reason = f"{step} {reason.strip()}"[:100]  # type: ignore[attr-defined]
        merged._history_user = actor  # type: ignore[attr-defined]
    merged_key = merged.pk
    # A part of the merged record stands alone from here; whose part it is now comes with its values.
    Organisation.objects.filter(pk=kept.pk, parent=merged).update(parent=None)
    merged.delete()
    _save(kept, values, before, actor, reason)
    _keep_names(kept, before)
    FormerSlug.objects.get_or_create(slug=before["slug"], defaults={"organisation": kept})
    return OrganisationMerge.objects.create(
        kept=kept,
        merged_name=before["public_name"] or before["legal_name"],
        merged_slug=before["slug"],
        merged_record={**before, "id": merged_key, "twins": move.twins},
        moved=dict(move.counts),
        merged_by=actor,
        reason=reason.strip(),
    )


def _locked(kept: Organisation, merged: Organisation) -> tuple[Organisation, Organisation]:
    if kept.pk == merged.pk:
        raise MergeRefusedError(_("Choose two different records."))
    rows = Organisation.objects.select_for_update(of=("self",)).filter(pk__in=(kept.pk, merged.pk))
    found = {row.pk: row for row in rows.order_by("pk")}
    if len(found) < 2:
        raise MergeRefusedError(
            _("One of the two records is no longer there: somebody has merged or deleted it.")
        )
    return found[kept.pk], found[merged.pk]


class _Move:
    """One merge on its way: what moved, what had a twin."""

    def __init__(self, actor: "User", reason: str) -> None:
        self.actor, self.reason = actor, reason
        self.counts: Counter[str] = Counter()
        self.twins: list[dict[str, Any]] = []

    def count(self, label: str, number: int) -> None:
        if number:
            self.counts[label] += number

    def relation(self, relation: Relation, kept: models.Model, merged: models.Model) -> None:
        """Every row of the relation, to the kept record; where the database forbids two alike, the twins become one."""
        if relation.is_history:
            relation.rows_of(merged).update(**{relation.field.name: kept.pk})
            return
        for row in relation.rows_of(merged).select_for_update(of=("self",)):
            if row.pk == kept.pk and isinstance(row, type(kept)):
                # The kept record was a part of the merged one.
                continue
            twin = twin_of(row, relation.field, kept)
            settle = TWINS.get(relation.model)
            if twin is not None and settle is not None and settle(twin, row):
                # Another rule may still forbid the two.
                twin = twin_of(row, relation.field, kept)
            if twin is not None:
                self._become_one(relation, twin, row)
                continue
            setattr(row, relation.field.attname, kept.pk)
            row._history_user = self.actor
            row.save(update_fields=[relation.field.name])
            if not relation.is_link:
                self.count(relation.label, 1)

    def _become_one(self, relation: Relation, twin: models.Model, row: models.Model) -> None:
        """What the kept record's row lacks comes from the other, what hangs on the other moves, the rest is noted."""
        if not relation.is_link:
            self.twins.append({"model": relation.label, "fields": _fields(row)})
        lacking = _lacking(twin, row)
        for below in relations_to(type(row)):
            self.relation(below, twin, row)
        row._history_user = self.actor  # type: ignore[attr-defined]
        row.delete()
        if not lacking:
            return
        for name, value in lacking.items():
            setattr(twin, name, value)
        twin._history_user = self.actor  # type: ignore[attr-defined]
        try:
            with transaction.atomic():
                twin.save(update_fields=list(lacking))
        except IntegrityError:
            # The two tell different stories; the other one's is noted above.
            twin.refresh_from_db()


def _lacking(twin: models.Model, row: models.Model) -> dict[str, Any]:
    """What the row says and its twin leaves empty; nothing of records that have a state, whose dates belong to it."""
    if workflow_of(type(row)) is not None:
        return {}
    return {
        field.name: getattr(row, field.name)
        for field in row._meta.concrete_fields
        if field.editable
        and getattr(twin, field.attname) in (None, "")
        and getattr(row, field.attname) not in (None, "")
    }


def _chosen(kept: Organisation, merged: Organisation, take: Mapping[str, bool]) -> dict[str, Any]:
    taken = [field for name, fields in CHOICES.items() if take.get(name) for field in fields]
    values = {field: getattr(merged, field) for field in taken}
    # Neither can be part of itself once they are one.
    if values.get("parent", kept.parent) in (kept, merged):
        other = merged.parent if kept.parent_id == merged.pk else kept.parent
        values["parent"] = None if other in (kept, merged) else other
    if kept.listed_on and merged.listed_on:
        values["listed_on"] = min(kept.listed_on, merged.listed_on)
    return values


def _save(
    kept: Organisation, values: Mapping[str, Any], before: Mapping[str, Any], actor: "User", reason: str
) -> None:
    for name, value in values.items():
        setattr(kept, name, value)
    try:
        kept.full_clean()
    except ValidationError as error:
        raise MergeRefusedError(" ".join(error.messages)) from None
    with override("ro"):
        step = _("Merged with “%(name)s”.") % {"name": before["public_name"] or before["legal_name"]}
    kept._change_reason = f"{step} {reason.strip()}"[:100]  # type: ignore[attr-defined]
    kept._history_user = actor  # type: ignore[attr-defined]
    kept.save()


def _keep_names(kept: Organisation, before: Mapping[str, Any]) -> None:
    """Each name of the merged record that the kept one does not bear in any spelling."""
    borne = {fold(name) for name in (kept.legal_name, kept.public_name, kept.acronym)}
    borne |= set(kept.names.values_list("folded", flat=True))
    with override("ro"):
        source = _("Merged record")
    for name in (before["legal_name"], before["public_name"], before["acronym"]):
        if name and fold(name) not in borne:
            OrganisationName.objects.get_or_create(
                organisation=kept, kind=NameKind.ALIAS, name=name, defaults={"source": source}
            )
            borne.add(fold(name))


def _fields(row: models.Model) -> dict[str, Any]:
    """All fields of a row as JSON keeps them."""
    encoder = DjangoJSONEncoder()
    found: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        if field.generated:
            continue
        value = (
            field.value_to_string(row) if isinstance(field, models.FileField) else getattr(row, field.attname)
        )
        found[field.attname] = value if _is_plain(value) else encoder.encode(value).strip('"')
    for link in row._meta.many_to_many:
        found[link.name] = [str(each.pk) for each in getattr(row, link.name).all()]
    return found


def _is_plain(value: object) -> bool:
    return value is None or isinstance(value, str | int | float | bool | dict | list)
