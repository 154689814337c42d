"""What happens to editions by themselves: phases open and close by their dates (row P1)."""

import logging
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, F, OuterRef, QuerySet
from django.db.models.functions import Cast

from core.models import StateChange
from core.workflow import TransitionRefusedError
from programmes.choices import EditionStatus
from programmes.models import Edition, EditionPhase
from programmes.workflow import EDITION_WORKFLOW

logger = logging.getLogger(__name__)
_ORDER = list(EditionStatus)


def advance_editions(*, now: datetime) -> list[Edition]:
    """Bring every edition to the phase whose moment has come; returns those that moved.

    A moment acts once: what people do by hand afterwards (reopening an ended edition, say) stays. A phase
    without a moment is passed through on the way to a later one. Each step is made by the workflow, with its
    lock and history and the portal itself as actor, so that calling twice, or two at once, moves nothing twice.
    """
    moved = []
    for edition in Edition.objects.filter(pk__in=_due(now).values("edition")):
        if _advance(edition, now=now):
            edition.refresh_from_db()
            moved.append(edition)
    return moved


def _due(now: datetime) -> QuerySet[EditionPhase]:
    """Phases whose moment has come and in which their edition has not been since that moment."""
    entered = StateChange.objects.filter(
        content_type=ContentType.objects.get_for_model(Edition),
        object_id=Cast(OuterRef("edition_id"), CharField()),
        target=OuterRef("phase"),
        at__gte=OuterRef("opens_at"),
    )
    return EditionPhase.objects.filter(~Exists(entered), opens_at__lte=now).exclude(
        phase=F("edition__status")
    )


def _advance(edition: Edition, *, now: datetime) -> bool:
    due = _due(now).filter(edition=edition).values_list("phase", flat=True)
    goal = max((_ORDER.index(EditionStatus(phase)) for phase in due), default=0)
    moved = False
    while step := _next_step(edition, goal):
        try:
            edition = EDITION_WORKFLOW.perform(edition, step, actor=None, at=now)
        except TransitionRefusedError as refusal:
            # Somebody else moved it in the meantime; the next minute looks again.
            logger.info("Edition %s was not advanced: %s", edition.year, refusal)
            break
        moved = True
    return moved


def _next_step(edition: Edition, goal: int) -> str | None:
    """The step that leads furthest towards the goal without passing it; nothing when the edition is there."""
    here = _ORDER.index(EditionStatus(edition.status))
    ahead = {
        _ORDER.index(EditionStatus(step.target)): step.name for step in EDITION_WORKFLOW.possible(edition)
    }
    reachable = [position for position in ahead if here < position <= goal]
    return ahead[max(reachable)] if reachable else None
