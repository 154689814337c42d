"""The queue of requests: what waits and since when, what comes next, what else is asked about the same record."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from core.workdays import start_of_waiting
from organisations.choices import ReportStatus, SubmissionStatus
from organisations.models import Organisation, RecordReport, Submission, SubmissionVersion
from organisations.selectors.duplicates import PUBLIC_MAIL, host_of

# What the receipt of a request promises as a rule.
DECIDED_WITHIN = 10
OPEN_TO_TEAM = (
    SubmissionStatus.LODGED,
    SubmissionStatus.RETURNED,
    SubmissionStatus.ACCEPTED,
    SubmissionStatus.REJECTED,
    SubmissionStatus.WITHDRAWN,
)


@dataclass(frozen=True)
class Counts:
    """How much waits for the team now."""

    waiting: int
    overdue: int
    reports: int
    overdue_reports: int

    @property
    def total(self) -> int:
        return self.waiting + self.reports


def lodged_requests() -> QuerySet[Any]:
    """All that was ever lodged, with since when it waits: a request that came back waits since it came back.

    ``came_back`` says whether it was lodged more than once.
    """
    last = SubmissionVersion.objects.filter(submission=OuterRef("pk")).order_by("-number").values("lodged_at")
    again = SubmissionVersion.objects.filter(submission=OuterRef("pk"), number__gt=1)
    return Submission.objects.filter(status__in=OPEN_TO_TEAM, lodged_at__isnull=False).annotate(
        waits_since=Coalesce(Subquery(last[:1]), "lodged_at"), came_back=Exists(again)
    )


def count_work(now: datetime) -> Counts:
    """Requests and reports that wait, and how many of them for longer than they should. Two queries."""
    limit = start_of_waiting(now, DECIDED_WITHIN)
    requests = (
        lodged_requests()
        .filter(status=SubmissionStatus.LODGED)
        .aggregate(waiting=Count("pk"), overdue=Count("pk", filter=Q(waits_since__lt=limit)))
    )
    reports = RecordReport.objects.filter(status=ReportStatus.NEW).aggregate(
        reports=Count("pk"), overdue_reports=Count("pk", filter=Q(created_at__lt=limit))
    )
    return Counts(**requests, **reports)


def count_kinds() -> dict[str, int]:
    """How many requests of each kind wait; kinds of which none waits are left out. One query."""
    waiting = Submission.objects.filter(status=SubmissionStatus.LODGED).order_by("kind")
    return dict(waiting.values_list("kind").annotate(count=Count("pk")))


def next_waiting(after: Submission) -> Submission | None:
    """The next request of the queue, and after the last one the first."""
    waiting = Submission.objects.waiting().exclude(pk=after.pk)
    if after.lodged_at is None:
        return waiting.first()
    later = Q(lodged_at__gt=after.lodged_at) | Q(lodged_at=after.lodged_at, pk__gt=after.pk)
    return waiting.filter(later).first() or waiting.first()


def other_open_requests(submission: Submission) -> QuerySet[Submission]:
    """Open requests about the same organisation, for which one decision may settle the other."""
    if submission.organisation_id is None:
        return Submission.objects.none()
    return (
        Submission.objects.filter(organisation_id=submission.organisation_id)
        .open()
        .exclude(status=SubmissionStatus.DRAFT)
        .exclude(pk=submission.pk)
        .select_related("organisation", "applicant")
    )


def domain_agrees(organisation: Organisation, email: str) -> bool:
    """Whether an address is of the domain of one of the organisation's own contacts."""
    host = host_of(email.lower())
    known = {host_of(contact.value.lower()) for contact in organisation.contacts.all()}
    return bool(host) and host not in PUBLIC_MAIL and host in known
