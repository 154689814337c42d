"""A message of the team to those who registered: written once, sent as a batch, to each once."""

from collections.abc import Sequence
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import ngettext

from core.accounts.choices import Language
from core.accounts.models import User
from core.jobs import start_job
from core.jobs.models import Job
from core.jobs.running import Outcome, Run
from core.repeats import same_just_before
from meetings.emails.to_registrants import post_written, written_sheets
from meetings.models import Meeting, RegistrantMail
from meetings.selectors.mailing import registrations_in

JOB: Final = "meetings.write_to_registrants"
BATCH: Final = 250


@transaction.atomic
def start_mail(
    *, meeting: Meeting, groups: Sequence[str], subject: str, text: str, actor: User
) -> tuple[RegistrantMail, Job | None]:
    """Keeps the message and begins to send it in the background; pressed twice it is one, with one job."""
    said = {
        "meeting": meeting,
        "statuses": sorted(groups),
        "subject": subject,
        "text": text,
        "written_by": actor,
    }
    before = same_just_before(RegistrantMail, **said)
    if before is not None:
        job = Job.objects.filter(kind=JOB, owner=actor, arguments__mail=before.pk).first()
        return before, job
    mail = RegistrantMail.objects.create(**said)
    return mail, start_job(JOB, owner=actor, arguments={"mail": mail.pk})


def send_mail(run: Run, *, mail: int) -> Outcome:
    """Writes the messages into the outbox, a transaction a batch; begun again, each is still written once."""
    found = RegistrantMail.objects.select_related("meeting").get(pk=mail)
    people = list(registrations_in(found.meeting, found.statuses))
    done = 0
    for language in Language.values:
        readers = [each for each in people if each.language == language]
        sheets = written_sheets(found, language)
        for start in range(0, len(readers), BATCH):
            run.progress(done, total=len(people))
            batch = readers[start : start + BATCH]
            post_written(found, batch, sheets)
            done += len(batch)
    RegistrantMail.objects.filter(pk=found.pk, sent_at=None).update(sent_at=timezone.now())
    words = ngettext(
        "%(number)d mail was written and leaves now.", "%(number)d mails were written and leave now.", done
    )
    return Outcome(words % {"number": done})
