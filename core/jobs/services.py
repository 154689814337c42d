"""The life of a job: asked for, run, stopped, found again after a killed worker, erased when old."""

import logging
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from django.core.files import File
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _t

from core.jobs.choices import JobStatus
from core.jobs.kinds import kind_of
from core.jobs.models import Job
from core.jobs.running import JobFailedError, JobLostError, JobStoppedError, Outcome, Run
from core.jobs.sending import enqueue
from core.jobs.workflow import JOB_WORKFLOW, SILENCE
from core.workflow import TransitionRefusedError, forget_history

if TYPE_CHECKING:
    from core.accounts.models import User

logger = logging.getLogger(__name__)

RUN_TASK: Final = "jobs.run"
KEPT: Final = timedelta(days=30)
MOST_ATTEMPTS: Final = 3


@transaction.atomic
def start(*, kind: str, owner: "User", arguments: dict[str, Any]) -> Job:
    """Writes the job and sends it after the commit. Raises ``KeyError`` for a kind that is not registered."""
    if kind_of(kind) is None:
        raise KeyError(kind)
    language = (get_language() or "ro")[:2]
    job = Job.objects.create(kind=kind, owner=owner, language=language, arguments=arguments)
    enqueue(RUN_TASK, str(job.pk))
    return job


def run(*, pk: str) -> None:
    """Does the job's work, once: a job that another worker has, or that has ended, is left alone.

    Whatever happens is written on the job; nothing is raised but what ends the process.
    """
    try:
        job = JOB_WORKFLOW.perform(Job(pk=pk), "start", actor=None)
    except TransitionRefusedError:
        return
    kind = kind_of(job.kind)
    with override(job.language):
        try:
            if kind is None:
                raise JobFailedError(_t("The portal no longer knows this kind of work."))
            outcome = kind.work(Run(job), **job.arguments) or Outcome()
            try:
                _finish(job, outcome)
            finally:
                if outcome.file is not None and outcome.is_temporary:
                    outcome.file.unlink(missing_ok=True)
        except JobStoppedError:
            _end(job, "stop")
        except JobLostError:
            logger.warning("Job %s went on with another worker.", pk)
        except JobFailedError as error:
            _end(job, "fail", str(error))
        except Exception:  # The owner is told, the log has the rest.
            logger.exception("Job %s (%s) failed.", pk, job.kind)
            _end(job, "fail", _t("The portal made an error. It was written down; please try again later."))


@transaction.atomic
def ask_to_stop(*, job: Job, actor: "User") -> Job:
    """A job that waits stops at once, one at work at its next step. Raises TransitionRefusedError when it ended."""
    locked = Job.objects.select_for_update().get(pk=job.pk)
    if locked.status != JobStatus.RUNNING:
        return JOB_WORKFLOW.perform(locked, "stop", actor=actor)
    if not actor.has_perm("jobs.stop_job", locked):
        raise TransitionRefusedError(_t("You do not have the right to make this step."))
    locked.stop_requested_at = locked.stop_requested_at or timezone.now()
    locked.save(update_fields=["stop_requested_at"])
    return locked


def find_lost(*, now: datetime) -> int:
    """Sends again what no worker took, and takes up or gives up what a killed worker left; returns how many."""
    silent = now - SILENCE
    found = 0
    for job in Job.objects.under_way().filter(
        Q(status=JobStatus.RUNNING, heartbeat_at__lt=silent)
        | Q(status=JobStatus.QUEUED, created_at__lt=silent)
    ):
        found += _take_up(job)
    return found


@transaction.atomic
def erase_old(*, now: datetime) -> int:
    """Erases jobs that were asked for 30 days ago, with their files and steps; returns how many."""
    old = Job.objects.filter(created_at__lt=now - KEPT).exclude(status=JobStatus.RUNNING)
    return erase(jobs=list(old))


@transaction.atomic
def erase(*, jobs: list[Job]) -> int:
    """Erases these jobs, with their steps; their files go after the commit."""
    forget_history(Job, [job.pk for job in jobs])
    for job in jobs:
        if job.result_file:
            transaction.on_commit(
                partial(job.result_file.storage.delete, str(job.result_file.name)), robust=True
            )
    Job.objects.filter(pk__in=[job.pk for job in jobs]).delete()
    return len(jobs)


@transaction.atomic
def _take_up(job: Job) -> bool:
    kind = kind_of(job.kind)
    try:
        if job.status == JobStatus.RUNNING:
            if job.stop_requested_at:
                JOB_WORKFLOW.perform(job, "stop", actor=None)
                return True
            if kind is None or not kind.resumable or job.attempts >= MOST_ATTEMPTS:
                with override(job.language):
                    job.error = _t(
                        "The work was cut off and could not be taken up again. Please ask for it anew."
                    )
                job.save(update_fields=["error"])
                JOB_WORKFLOW.perform(job, "fail", actor=None)
                return True
            JOB_WORKFLOW.perform(job, "resume", actor=None)
    except TransitionRefusedError:
        return False
    enqueue(RUN_TASK, str(job.pk))
    return True


@transaction.atomic
def _finish(job: Job, outcome: Outcome) -> None:
    held = _held(job)
    held.result = outcome.as_json()
    held.done = held.total or held.done
    if outcome.file is not None:
        with outcome.file.open("rb") as content:
            held.result_file.save(outcome.file_name, File(content), save=False)
    held.save(update_fields=["result", "done", "result_file"])
    JOB_WORKFLOW.perform(held, "finish", actor=None)


@transaction.atomic
def _end(job: Job, step: str, error: str = "") -> None:
    try:
        held = _held(job)
    except JobLostError:
        return
    held.error = error
    held.save(update_fields=["error"])
    JOB_WORKFLOW.perform(held, step, actor=None)


def _held(job: Job) -> Job:
    """The job's row, locked, while this worker has it. Raises :class:`JobLostError` otherwise."""
    held = (
        Job.objects.select_for_update()
        .filter(pk=job.pk, status=JobStatus.RUNNING, attempts=job.attempts)
        .first()
    )
    if held is None:
        raise JobLostError(str(job.pk))
    return held
