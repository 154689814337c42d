"""Conclusions of a videoconference: written line by line as drafts, put in order, published by staff."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from videoconferences.choices import ConclusionStatus
from videoconferences.models import Conclusion, Videoconference
from videoconferences.workflow import CONCLUSION_WORKFLOW

if TYPE_CHECKING:
    from core.accounts.models import User

WRITTEN: Final = ("kind", "text", "theme", "level", "addressee")
FOLLOWED: Final = ("follow_up_state", "follow_up")
# A page of more would be read by nobody.
MOST: Final = 100


@transaction.atomic
def add_conclusion(
    *, videoconference: Videoconference, values: Mapping[str, Any], actor: "User"
) -> Conclusion:
    """Write a new draft at the end; a second pressing of the button gives the first one back.

    Raises ``PermissionDenied`` for whoever is not of the team, ``ValidationError`` when there are a hundred already.
    """
    _may(actor, "write", videoconference)
    locked = Videoconference.objects.select_for_update(of=("self",)).get(pk=videoconference.pk)
    same = locked.conclusions.filter(
        kind=values["kind"], text=values["text"], status=ConclusionStatus.DRAFT
    ).first()
    if same is not None:
        return same
    if locked.conclusions.count() >= MOST:
        raise ValidationError(_("A videoconference has at most %(most)d conclusions.") % {"most": MOST})
    last = locked.conclusions.aggregate(last=Max("position"))["last"] or 0
    conclusion = Conclusion(videoconference=locked, position=last + 1, written_by=actor)
    return _write(conclusion, values, WRITTEN)


@transaction.atomic
def change_conclusion(*, conclusion: Conclusion, values: Mapping[str, Any], actor: "User") -> Conclusion:
    """Write a conclusion in other words; published ones are corrected by staff alone, and stay in the history.

    Raises ``PermissionDenied`` for whoever may not, ``ValidationError`` when it is gone or is no draft any more.
    """
    locked = _locked(conclusion)
    if not actor.has_perm("videoconferences.write_conclusion", locked):
        if actor.has_perm("videoconferences.write_conclusion", locked.videoconference):
            raise ValidationError(
                _("This conclusion is no draft any more: only the programme's team changes it.")
            )
        _may(actor, "write", locked)
    return _write(locked, values, WRITTEN)


@transaction.atomic
def follow_up_conclusion(*, conclusion: Conclusion, values: Mapping[str, Any], actor: "User") -> Conclusion:
    """Say what came of a conclusion; raises as :func:`change_conclusion`."""
    _may(actor, "publish", conclusion)
    return _write(_locked(conclusion), values, FOLLOWED)


@transaction.atomic
def delete_draft(*, conclusion: Conclusion, actor: "User") -> None:
    """Throw a draft away, for good; what was public once is taken back instead. Raises as :func:`change_conclusion`."""
    locked = _locked(conclusion)
    if locked.status != ConclusionStatus.DRAFT:
        raise ValidationError(_("Only drafts are deleted. Take a published conclusion back instead."))
    _may(actor, "write", locked)
    locked.delete()


@transaction.atomic
def move_conclusion(*, conclusion: Conclusion, by: int, actor: "User") -> None:
    """Move a conclusion up (``by`` -1) or down (1) among those of its videoconference; nothing at the ends."""
    _may(actor, "write", conclusion)
    Videoconference.objects.select_for_update(of=("self",)).get(pk=conclusion.videoconference_id)
    rows = list(Conclusion.objects.filter(videoconference=conclusion.videoconference_id))
    places = [row.pk for row in rows]
    if conclusion.pk not in places:
        raise ValidationError(_("This conclusion has been deleted in the meantime."))
    here = places.index(conclusion.pk)
    there = min(max(here + by, 0), len(rows) - 1)
    rows.insert(there, rows.pop(here))
    for position, row in enumerate(rows, start=1):
        if row.position != position:
            row.position = position
            row.save(update_fields=["position"])


@transaction.atomic
def decide_conclusion(*, conclusion: Conclusion, step: str, reason: str = "", actor: "User") -> Conclusion:
    """Publish a conclusion or take it back.

    Raises :class:`core.workflow.TransitionRefusedError` when somebody did meanwhile, or a reason is missing.
    """
    return CONCLUSION_WORKFLOW.perform(conclusion, step, actor=actor, reason=reason)


@transaction.atomic
def publish_all(*, videoconference: Videoconference, actor: "User") -> int:
    """Publish every draft of the videoconference; returns how many.

    Raises as :func:`decide_conclusion`; then none of them is published.
    """
    _may(actor, "publish", videoconference)
    drafts = videoconference.conclusions.filter(status=ConclusionStatus.DRAFT)
    return len([CONCLUSION_WORKFLOW.perform(draft, "publish", actor=actor) for draft in drafts])


def _locked(conclusion: Conclusion) -> Conclusion:
    found = Conclusion.objects.select_for_update(of=("self",)).filter(pk=conclusion.pk).first()
    if found is None:
        raise ValidationError(_("This conclusion has been deleted in the meantime."))
    return found


def _write(conclusion: Conclusion, values: Mapping[str, Any], names: tuple[str, ...]) -> Conclusion:
    for name in names:
        setattr(conclusion, name, values[name])
    conclusion.save()
    return conclusion


def _may(actor: "User", verb: str, thing: Conclusion | Videoconference) -> None:
    if not actor.has_perm(f"videoconferences.{verb}_conclusion", thing):
        raise PermissionDenied(_("You do not have the right to make this step."))
