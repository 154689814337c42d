"""The job that reads an attendance report: the file is kept until it is read, and no longer."""

import hashlib
import io
import uuid
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import IO, Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.jobs import start_job
from core.jobs.models import Job
from core.jobs.running import JobFailedError, JobLostError, Outcome, Run
from core.text import normalise
from meetings.imports.people import read_report
from meetings.imports.text import ReportError
from meetings.models import BUCHAREST, Meeting
from meetings.services.reports import Imported, ReportRefusedError, bring_in, brought_in

JOB: Final = "meetings.attendance_report"
FOLDER: Final = "meetings/reports"
FILES_KEPT: Final = timedelta(days=1)


def digest_of(content: bytes) -> str:
    """The mark by which the same file is known again."""
    return hashlib.sha256(content).hexdigest()


def begin(*, meeting: Meeting, file: IO[bytes], name: str, owner: User) -> Job:
    """Keeps the file and has it read by a job. Raises :class:`ReportError` at once for what is no report."""
    content = file.read()
    read_report(content, on_date=meeting.on_date, zone=BUCHAREST)
    path = default_storage.save(f"{FOLDER}/{uuid.uuid4().hex}.csv", ContentFile(content))
    said = normalise(PurePath(name).name)[-200:] or "raport.csv"
    arguments = {"meeting": meeting.pk, "path": path, "name": said, "digest": digest_of(content)}
    return start_job(JOB, owner=owner, arguments=arguments)


def read_attendance(run: Run, *, meeting: int, path: str, name: str, digest: str = "") -> Outcome:
    """Reads the file into the gathering in one transaction; begun again after it, it says what was done then.

    The file goes when the work has ended, well or not; only a worker that lost the job leaves it to the other.
    """
    try:
        done = _read_once(run, meeting, path, name, digest)
    except JobLostError:
        raise
    except Exception:
        default_storage.delete(path)
        raise
    default_storage.delete(path)
    return Outcome(
        sentence=_("The report was read."),
        facts=[
            (_("Platform"), str(done.report.get_platform_display())),
            (_("People"), str(done.people)),
            (_("Matched with a registration"), str(done.matched)),
            (_("Doubtful, for you to decide"), str(done.doubtful)),
            (_("Without a registration"), str(done.unknown)),
        ],
        links=[
            (_("See the people of the reports"), reverse("meetings:report_people", args=[meeting])),
            (_("Tick list"), reverse("meetings:presence", args=[meeting])),
        ],
    )


def clear_files(*, now: datetime) -> int:
    """Erases files that no work will read any more: those of stopped jobs and killed workers; returns how many."""
    awaited = set(Job.objects.under_way().filter(kind=JOB).values_list("arguments__path", flat=True))
    try:
        names = default_storage.listdir(FOLDER)[1]
    except FileNotFoundError:
        return 0
    paths = [path for path in (f"{FOLDER}/{name}" for name in names) if path not in awaited]
    old = [path for path in paths if default_storage.get_modified_time(path) < now - FILES_KEPT]
    for path in old:
        default_storage.delete(path)
    return len(old)


def _read_once(run: Run, meeting: int, path: str, name: str, digest: str) -> Imported:
    found = Meeting.objects.filter(pk=meeting).first()
    if found is None:
        raise JobFailedError(_("The gathering is gone."))
    if (earlier := _done_earlier(run, found, digest)) is not None:
        return earlier
    try:
        return _read(run, found, path, name)
    except (ReportError, ReportRefusedError) as refused:
        # The worker that was given up for dead may have ended in the meantime.
        if (earlier := _done_earlier(run, found, digest)) is not None:
            return earlier
        raise JobFailedError(str(refused)) from None


def _done_earlier(run: Run, meeting: Meeting, digest: str) -> Imported | None:
    """What an earlier attempt of this job did."""
    if run.job.attempts < 2:
        return None
    return brought_in(meeting=meeting, digest=digest, since=run.job.created_at)


def _read(run: Run, meeting: Meeting, path: str, name: str) -> Imported:
    try:
        with default_storage.open(path) as file:
            content = io.BytesIO(file.read()).getvalue()
    except FileNotFoundError:
        raise JobFailedError(_("The file is gone. Please bring it in again.")) from None
    run.progress(0, 3, note=_("Reading the report"))
    report = read_report(content, on_date=meeting.on_date, zone=BUCHAREST)
    run.progress(1, 3, note=_("Looking for their registrations"))
    return bring_in(
        meeting=meeting,
        platform=report.platform,
        file_name=name,
        digest=digest_of(content),
        people=report.people,
        uploaded_by=run.job.owner,
    )
