"""What may follow what on the board of themes, and with the conclusions of a videoconference."""

from collections.abc import Iterable
from datetime import datetime
from typing import cast

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.workflow import Transition, Workflow
from meetings.choices import PUBLIC_MEETING_STATUSES
from videoconferences.choices import ConclusionStatus as C
from videoconferences.choices import ProposalStatus as P
from videoconferences.models import Conclusion, ThemeProposal, Videoconference


def _missing_for_taking(record: models.Model) -> Iterable[str]:
    if cast("ThemeProposal", record).theme_id is None:
        yield _t("Say as which theme the proposal is taken.")


def _date_answer(record: models.Model, moment: datetime) -> Iterable[str]:
    cast("ThemeProposal", record).answered_at = moment
    return ["answered_at"]


def _forget_answer(record: models.Model, _moment: datetime) -> Iterable[str]:
    proposal = cast("ThemeProposal", record)
    proposal.theme, proposal.answer, proposal.answered_at = None, "", None
    return ["theme", "answer", "answered_at"]


PROPOSAL_WORKFLOW = Workflow(
    model=ThemeProposal,
    transitions=[
        Transition(
            "take",
            frozenset({P.PROPOSED}),
            P.TAKEN,
            pgettext_lazy("theme", "Take as a theme"),
            "videoconferences.decide_themeproposal",
            needs_reason=True,
            blockers=_missing_for_taking,
            prepare=_date_answer,
        ),
        Transition(
            "decline",
            frozenset({P.PROPOSED}),
            P.DECLINED,
            pgettext_lazy("theme", "Do not take"),
            "videoconferences.decide_themeproposal",
            needs_reason=True,
            prepare=_date_answer,
        ),
        Transition(
            "reopen",
            frozenset({P.TAKEN, P.DECLINED}),
            P.PROPOSED,
            pgettext_lazy("theme", "Take the answer back"),
            "videoconferences.decide_themeproposal",
            needs_reason=True,
            prepare=_forget_answer,
        ),
        Transition(
            "withdraw",
            frozenset({P.PROPOSED}),
            P.WITHDRAWN,
            pgettext_lazy("theme", "Withdraw"),
            "videoconferences.write_themeproposal",
        ),
    ],
)


def _missing_for_publishing(record: models.Model) -> Iterable[str]:
    owner = Videoconference.objects.filter(pk=cast("Conclusion", record).videoconference_id)
    if not owner.filter(meeting__status__in=PUBLIC_MEETING_STATUSES).exists():
        yield _t("The videoconference itself is not public yet.")


def _date_publication(record: models.Model, moment: datetime) -> Iterable[str]:
    cast("Conclusion", record).published_at = moment
    return ["published_at"]


CONCLUSION_WORKFLOW = Workflow(
    model=Conclusion,
    transitions=[
        Transition(
            "publish",
            frozenset({C.DRAFT, C.RETRACTED}),
            C.PUBLISHED,
            _("Publish"),
            "videoconferences.publish_conclusion",
            blockers=_missing_for_publishing,
            prepare=_date_publication,
        ),
        Transition(
            "retract",
            frozenset({C.PUBLISHED}),
            C.RETRACTED,
            pgettext_lazy("conclusion", "Take back"),
            "videoconferences.publish_conclusion",
            needs_reason=True,
        ),
    ],
)
