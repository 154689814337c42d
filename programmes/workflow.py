"""What may follow what in an edition's life: by hand, or by itself when a phase's date has come."""

from django.utils.translation import gettext_lazy as _

from core.workflow import Transition, Workflow
from programmes.choices import EditionStatus as S
from programmes.models import Edition

_CHANGE = "programmes.change_edition"

EDITION_WORKFLOW = Workflow(
    model=Edition,
    transitions=[
        Transition("call", frozenset({S.DRAFT}), S.CALL, _("Open the call"), _CHANGE),
        Transition("selection", frozenset({S.CALL}), S.SELECTION, _("Begin the selection"), _CHANGE),
        Transition("running", frozenset({S.SELECTION, S.DRAFT}), S.RUNNING, _("Start the edition"), _CHANGE),
        Transition("closing", frozenset({S.RUNNING}), S.CLOSING, _("Begin the closing"), _CHANGE),
        Transition("archived", frozenset({S.CLOSING, S.RUNNING}), S.ARCHIVED, _("End the edition"), _CHANGE),
        Transition(
            "reopen", frozenset({S.ARCHIVED}), S.CLOSING, _("Reopen the closing"), _CHANGE, needs_reason=True
        ),
    ],
)
