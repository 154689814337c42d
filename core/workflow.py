"""The one way in which a record changes its state: lock, check, save, remember.

A workflow is data: buttons on a page, the diagram in the docs and the test of every state against every
transition are made from its table.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar, cast

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.models import StateChange

if TYPE_CHECKING:
    from core.accounts.models import User

Record = TypeVar("Record", bound=models.Model)


class TransitionRefusedError(Exception):
    """A transition that cannot be made now; the text says why, to the person who asked for it."""


@dataclass(frozen=True)
class Transition:
    """One permitted step.

    ``permission`` is asked of the actor with the record; ``None`` means that only the portal itself makes the
    step (by date). ``blockers`` gives sentences that say what is missing before the step; none lets it pass.
    ``prepare`` sets further attributes at the moment of the step and names them, to be saved with the state.
    """

    name: str
    sources: frozenset[str]
    target: str
    label: str | Promise
    permission: str | None
    needs_reason: bool = False
    blockers: Callable[[models.Model], Iterable[str]] | None = None
    prepare: Callable[[models.Model, datetime], Iterable[str]] | None = None


# Each model has one workflow at most: pages of history, the docs and the tests ask here which.
_workflows: dict[type[models.Model], "Workflow"] = {}


class Workflow:
    """The transition table of one model's state field; making it registers it."""

    def __init__(
        self, *, model: type[models.Model], transitions: Iterable[Transition], field: str = "status"
    ):
        self.model = model
        self.field = field
        self.transitions = {transition.name: transition for transition in transitions}
        self._dated = [each.name for each in model._meta.concrete_fields if getattr(each, "auto_now", False)]
        _workflows[model] = self

    def possible(self, record: models.Model) -> list[Transition]:
        """Steps that lead out of the record's present state, in table order, whoever asks."""
        return [step for step in self.transitions.values() if getattr(record, self.field) in step.sources]

    def available(self, record: models.Model, actor: AbstractBaseUser) -> list[Transition]:
        """Steps that ``actor`` may make on ``record`` now: the buttons of a page."""
        return [step for step in self.possible(record) if self._may(step, record, actor)]

    @staticmethod
    def _may(step: Transition, record: models.Model, actor: AbstractBaseUser | None) -> bool:
        if actor is None:
            return True
        return step.permission is not None and bool(actor.has_perm(step.permission, record))  # type: ignore[attr-defined]

    def perform(
        self,
        record: Record,
        name: str,
        *,
        actor: AbstractBaseUser | None,
        reason: str = "",
        at: datetime | None = None,
    ) -> Record:
        """Make the step ``name`` on the record and return it as saved.

        The row is locked first, so of two callers at once one makes the step and the other is refused.
        Saved are the state, what ``prepare`` names and the record's own dates of change. ``actor=None`` is the
        portal itself (a date came, an import). Raises :class:`TransitionRefusedError` when the record is gone,
        or when the state, the rule, a missing reason or a blocker forbids it; nothing is saved then.
        """
        step = self.transitions[name]
        moment = at or timezone.now()
        with transaction.atomic():
            locked = self.model._default_manager.select_for_update(of=("self",)).filter(pk=record.pk).first()
            if locked is None:
                raise TransitionRefusedError(_("This record has been deleted in the meantime."))
            source = getattr(locked, self.field)
            if source not in step.sources:
                raise TransitionRefusedError(
                    _("This step is no longer possible: the record is now “%(state)s”.")
                    % {"state": self.label(source)}
                )
            if not self._may(step, locked, actor):
                raise TransitionRefusedError(_("You do not have the right to make this step."))
            if step.needs_reason and not reason.strip():
                raise TransitionRefusedError(_("Please write the reason: it stays in the record's history."))
            missing = list(step.blockers(locked)) if step.blockers else []
            if missing:
                raise TransitionRefusedError(" ".join(missing))
            changed = list(step.prepare(locked, moment)) if step.prepare else []
            setattr(locked, self.field, step.target)
            locked.save(update_fields=[self.field, *changed, *self._dated])
            remember(
                locked, name=name, source=source, target=step.target, actor=actor, reason=reason, at=moment
            )
        return locked  # type: ignore[return-value]

    def label(self, state: str) -> str:
        """The state's name as people read it; one that the table no longer has is named by its code."""
        choices = dict(self.model._meta.get_field(self.field).flatchoices)  # type: ignore[union-attr]
        return str(choices.get(state, state))


def workflows() -> list[Workflow]:
    """Every workflow of the portal, by the name of its model."""
    return sorted(_workflows.values(), key=lambda each: each.model._meta.label_lower)


def workflow_of(model: type[models.Model]) -> Workflow | None:
    """The workflow that moves records of this model; None for a model without states."""
    return _workflows.get(model)


def remember(
    record: models.Model,
    *,
    name: str,
    source: str,
    target: str,
    actor: AbstractBaseUser | None,
    reason: str = "",
    at: datetime | None = None,
) -> StateChange:
    """Write the history row of a step; imports use it for a record that enters in a later state (source "")."""
    return StateChange.objects.create(
        content_type=ContentType.objects.get_for_model(record),
        object_id=str(record.pk),
        transition=name,
        source=source,
        target=target,
        actor=cast("User | None", actor),
        reason=reason.strip(),
        at=at or timezone.now(),
    )


def forget_history(model: type[models.Model], keys: Iterable[object]) -> None:
    """Erase the steps of records that the law has erased; nothing else takes a step out of the history."""
    StateChange.objects.filter(
        content_type=ContentType.objects.get_for_model(model), object_id__in=[str(key) for key in keys]
    ).delete()


def history(record: models.Model) -> models.QuerySet[StateChange]:
    """The record's steps, newest first."""
    return StateChange.objects.filter(
        content_type=ContentType.objects.get_for_model(record), object_id=str(record.pk)
    ).select_related("actor")
