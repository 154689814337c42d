"""The job that reads an attendance report: the file is kept until it is read, and no longer."""

import hashlib
import io
import uuid
from pathlib import PurePath
from typing import IO, Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.jobs import start_job
from core.jobs.models import Job
from core.jobs.running import JobFailedError, Outcome, Run
from core.text import normalise
from meetings.imports.people import read_report
from meetings.imports.text import ReportError
from meetings.models import BUCHAREST, Meeting
from meetings.services.reports import ReportRefusedError, bring_in

JOB: Final = "meetings.attendance_report"
FOLDER: Final = "meetings/reports"


def digest_of(content: bytes) -> str:
    """The mark by which the same file is known again."""
    return hashlib.sha256(content).hexdigest()


def begin(*, meeting: Meeting, file: IO[bytes], name: str, owner: User) -> Job:
    """Keeps the file and has it read by a job. Raises :class:`ReportError` at once for what is no report."""
    content = file.read()
    read_report(content, on_date=meeting.on_date, zone=BUCHAREST)
    path = default_storage.save(f"{FOLDER}/{uuid.uuid4().hex}.csv", ContentFile(content))
    said = normalise(PurePath(name).name)[-200:] or "raport.csv"
    arguments = {"meeting": meeting.pk, "path": path, "name": said}
    return start_job(JOB, owner=owner, arguments=arguments)


def read_attendance(run: Run, *, meeting: int, path: str, name: str) -> Outcome:
    """Reads the file into the gathering in one transaction; begun again, it is refused as read already."""
    found = Meeting.objects.filter(pk=meeting).first()
    try:
        with default_storage.open(path) as file:
            content = io.BytesIO(file.read()).getvalue()
    except FileNotFoundError:
        raise JobFailedError(_("The file is gone. Please bring it in again.")) from None
    try:
        if found is None:
            raise JobFailedError(_("The gathering is gone."))
        run.progress(0, 3, note=_("Reading the report"))
        report = read_report(content, on_date=found.on_date, zone=BUCHAREST)
        run.progress(1, 3, note=_("Looking for their registrations"))
        done = bring_in(
            meeting=found,
            platform=report.platform,
            file_name=name,
            digest=digest_of(content),
            people=report.people,
            uploaded_by=run.job.owner,
        )
    except (ReportError, ReportRefusedError) as refused:
        raise JobFailedError(str(refused)) from None
    finally:
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
            (_("See the people of the reports"), reverse("meetings:report_people", args=[found.pk])),
            (_("Tick list"), reverse("meetings:presence", args=[found.pk])),
        ],
    )
