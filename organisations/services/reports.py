"""What readers report about public records: received, decided with an answer, their addresses forgotten in time."""

from datetime import datetime, timedelta

from django.db import transaction

from core.accounts.models import User
from core.repeats import same_just_before
from core.text import normalise
from organisations.choices import ReportReason
from organisations.emails.moderation import report_letters
from organisations.models import Organisation, RecordReport
from organisations.workflow import REPORT_WORKFLOW

ADDRESS_KEPT = timedelta(days=2 * 365)


@transaction.atomic
def receive_report(
    *, organisation: Organisation, reason: ReportReason | str, message: str, email: str = "", language: str
) -> RecordReport:
    """Keeps a report as new; nothing is sent and the record stays as it is until somebody has looked.

    The same again within ten minutes, pressed twice, is the report that is kept already.
    """
    said = {
        "organisation": organisation,
        "reason": ReportReason(reason),
        "message": normalise(message).strip(),
        "email": email,
        "language": language,
    }
    return same_just_before(RecordReport, **said) or RecordReport.objects.create(**said)


@transaction.atomic
def decide_report(*, report: RecordReport, step: str, actor: User, reason: str) -> RecordReport:
    """Resolve or dismiss a report; whoever left an address gets the answer in the same transaction.

    Raises :class:`core.workflow.TransitionRefusedError` when it was decided already or the reason is missing.
    """
    decided = REPORT_WORKFLOW.perform(report, step, actor=actor, reason=reason)
    for letter in report_letters(report=decided, step=step, reason=reason):
        letter.post()
    return decided


@transaction.atomic
def forget_reporters(*, now: datetime) -> int:
    """Erases the addresses of reports that came two years ago, decided or not; returns how many (privacy notice)."""
    return RecordReport.objects.filter(created_at__lt=now - ADDRESS_KEPT).exclude(email="").update(email="")
