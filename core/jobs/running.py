"""What a job's function sees of its job, and what it gives back."""

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from django.utils import timezone
from django.utils.functional import Promise

from core.jobs.choices import JobStatus
from core.jobs.models import Job

# Seconds between two marks in the database: a loop may tell every line, and costs nothing for it.
_EVERY: Final = 0.5


class JobStoppedError(Exception):
    """The owner pressed "Stop"; let it pass up, what is done stays done."""


class JobLostError(Exception):
    """Another worker has the job now; let it pass up and write nothing more."""


class JobFailedError(Exception):
    """The work cannot be done; the text says why, to the owner."""


@dataclass(frozen=True)
class Outcome:
    """What the owner reads at the end: a sentence, facts (label, value), links (label, address), a file to take.

    A file that ``is_temporary`` is erased once the job has its own copy.
    """

    sentence: str | Promise = ""
    facts: list[tuple[str, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    file: Path | None = None
    file_name: str = ""
    is_temporary: bool = False

    def as_json(self) -> dict[str, Any]:
        return {
            "sentence": str(self.sentence),
            "facts": [[str(label), str(value)] for label, value in self.facts],
            "links": [[str(label), address] for label, address in self.links],
            "file_name": self.file_name,
        }


class Run:
    """The worker's hold on one job."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._told = 0.0

    def progress(self, done: int, total: int | None = None, note: str | Promise | None = None) -> None:
        """Tells how far the work is; cheap enough for every line of a file.

        Call it outside of long transactions: what it tells is seen when they commit. Raises
        :class:`JobStoppedError` when the owner wants an end, :class:`JobLostError` when another worker took over.
        """
        if time.monotonic() - self._told < _EVERY and note is None:
            return
        told: dict[str, Any] = {"done": done, "heartbeat_at": timezone.now()}
        if total is not None:
            told["total"] = total
        if note is not None:
            told["note"] = str(note)[:200]
        mine = Job.objects.filter(pk=self.job.pk, status=JobStatus.RUNNING, attempts=self.job.attempts)
        if not mine.update(**told):
            raise JobLostError(str(self.job.pk))
        self._told = time.monotonic()
        if mine.filter(stop_requested_at__isnull=False).exists():
            raise JobStoppedError(str(self.job.pk))
