"""Names found in documents: joined to the organisations they mean, and what was printed under them follows (row O9)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.workflow import remember
from organisations.choices import FoundNameStatus, NameKind, RegisterStatus
from organisations.models import FoundName, Organisation, OrganisationName
from organisations.naming import free_slug
from organisations.workflow import FOUND_NAME_WORKFLOW

if TYPE_CHECKING:
    from core.accounts.models import User

Mover = Callable[[FoundName, Organisation | None, Organisation | None, "User"], Iterable[str]]
_movers: list[Mover] = []


def on_join(mover: Mover) -> Mover:
    """Registers what an upper floor moves when a printed name turns out to mean another organisation.

    ``mover(found, before, after, actor)`` works in the same transaction and gives a sentence for each thing that it
    could not move.
    """
    _movers.append(mover)
    return mover


@dataclass
class Joined:
    """What came of a decision about names: how many were decided, and what stayed where it was."""

    decided: int = 0
    stayed: list[str] = field(default_factory=list)


@transaction.atomic
def join_names(*, names: Iterable[FoundName], organisation: Organisation, actor: "User") -> Joined:
    """Joins the names to the organisation, with the records that stand under them as printed.

    A name that is joined there already is left alone. Raises ``TransitionRefusedError`` without the right to change
    names; nothing is joined then.
    """
    result = Joined()
    for found in _locked(names):
        if found.organisation_id == organisation.pk and found.status == FoundNameStatus.JOINED:
            continue
        before = found.organisation
        _decide(found, "join", organisation, actor)
        result.stayed += _move(found, before, organisation, actor)
        result.decided += 1
    return result


@transaction.atomic
def record_name(*, found: FoundName, actor: "User") -> Organisation:
    """Makes a recorded organisation of the name and joins the name to it.

    Raises ``TransitionRefusedError`` as :func:`join_names` does.
    """
    with override("ro"):
        reason = _("Recorded from a document: %(source)s") % {"source": found.source}
    organisation = Organisation(
        legal_name=found.name,
        slug=free_slug(found.name),
        register_status=RegisterStatus.RECORDED,
        source=found.source,
    )
    organisation._history_user = actor  # type: ignore[attr-defined]
    organisation._change_reason = reason[:100]  # type: ignore[attr-defined]
    organisation.save()
    remember(
        organisation, name="record", source="", target=RegisterStatus.RECORDED, actor=actor, reason=reason
    )
    join_names(names=[found], organisation=organisation, actor=actor)
    return organisation


@transaction.atomic
def ignore_names(*, names: Iterable[FoundName], actor: "User") -> Joined:
    """Says that the names mean no organisation; what stands under them stays where it is."""
    result = Joined()
    for found in _locked(names):
        if found.status != FoundNameStatus.IGNORED:
            _decide(found, "ignore", None, actor)
            result.decided += 1
    return result


def _locked(names: Iterable[FoundName]) -> list[FoundName]:
    rows = FoundName.objects.select_for_update(of=("self",)).filter(pk__in=[name.pk for name in names])
    return list(rows.select_related("organisation").order_by("pk"))


def _decide(found: FoundName, step: str, organisation: Organisation | None, actor: "User") -> None:
    found.organisation, found.decided_by = organisation, actor
    found.save(update_fields=["organisation", "decided_by"])
    FOUND_NAME_WORKFLOW.perform(found, step, actor=actor)


def _move(found: FoundName, before: Organisation | None, after: Organisation, actor: "User") -> list[str]:
    """The printed name stands at its organisation, and upper floors move what they keep under it."""
    if before is not None:
        before.names.filter(kind=NameKind.PRINTED, name=found.name, source=found.source).delete()
    if found.name != after.legal_name:
        OrganisationName.objects.get_or_create(
            organisation=after, kind=NameKind.PRINTED, name=found.name, defaults={"source": found.source}
        )
    return [sentence for mover in _movers for sentence in mover(found, before, after, actor)]
