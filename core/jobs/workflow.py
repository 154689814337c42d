"""What may happen to a job; every step but the stop is the portal's own."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from core.jobs.choices import UNDER_WAY, JobStatus
from core.jobs.models import Job
from core.workflow import Transition, Workflow

# A worker tells of itself twice a second; one that has said nothing for so long is dead.
SILENCE: Final = timedelta(minutes=2)


def _begin(record: models.Model, moment: datetime) -> list[str]:
    assert isinstance(record, Job)  # noqa: S101  (the table below is of this model)
    record.started_at = record.started_at or moment
    record.heartbeat_at = moment
    record.attempts += 1
    return ["started_at", "heartbeat_at", "attempts"]


def _end(record: models.Model, moment: datetime) -> list[str]:
    assert isinstance(record, Job)  # noqa: S101
    record.ended_at = moment
    record.note = ""
    return ["ended_at", "note"]


def _alive(record: models.Model) -> Iterable[str]:
    assert isinstance(record, Job)  # noqa: S101
    if record.heartbeat_at and record.heartbeat_at > timezone.now() - SILENCE:
        yield _t("Its worker is alive.")


_under_way = frozenset(UNDER_WAY)

JOB_WORKFLOW = Workflow(
    model=Job,
    transitions=[
        Transition(
            "start", frozenset({JobStatus.QUEUED}), JobStatus.RUNNING, _("Begin"), None, prepare=_begin
        ),
        Transition("finish", frozenset({JobStatus.RUNNING}), JobStatus.DONE, _("Finish"), None, prepare=_end),
        Transition("fail", _under_way, JobStatus.FAILED, _("Give up"), None, prepare=_end),
        Transition("stop", _under_way, JobStatus.STOPPED, _("Stop"), "jobs.stop_job", prepare=_end),
        Transition(
            "resume",
            frozenset({JobStatus.RUNNING}),
            JobStatus.QUEUED,
            _("Take up again"),
            None,
            blockers=_alive,
        ),
    ],
)
