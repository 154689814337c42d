"""Who has a place and who is there, for the tick list; people of reports who wait for a decision."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from core.text import OrderKey
from meetings.choices import LineStatus
from meetings.models import Attendance, AttendanceLine, Meeting, Registration
from meetings.selectors.team import RegistrantQuestion, registrants

UNDECIDED = (LineStatus.DOUBTFUL, LineStatus.UNKNOWN)


@dataclass(frozen=True)
class PresenceNumbers:
    """``undecided`` are people of reports of whom nobody knows yet who they are."""

    places: int
    present: int
    undecided: int


def presence_numbers(meeting: Meeting) -> PresenceNumbers:
    """Three short queries."""
    return PresenceNumbers(
        places=Registration.objects.confirmed().filter(meeting=meeting).count(),
        present=Attendance.objects.filter(registration__meeting=meeting).count(),
        undecided=AttendanceLine.objects.filter(report__meeting=meeting, outcome__in=UNDECIDED).count(),
    )


def tick_rows(meeting: Meeting, question: RegistrantQuestion) -> QuerySet[Registration]:
    """Those with a place who answer the question, in the order of the alphabet."""
    return (
        registrants(meeting, question)
        .filter(Q(status="confirmed") | Q(attendance__isnull=False))
        .order_by(OrderKey("name"), "pk")
    )


def report_lines(meeting: Meeting, *, undecided: bool) -> QuerySet[AttendanceLine]:
    """People of all reports of a gathering, or those who wait for a decision; doubtful ones first."""
    found = AttendanceLine.objects.filter(report__meeting=meeting).select_related(
        "report", "registration", "decided_by"
    )
    if undecided:
        found = found.filter(outcome__in=UNDECIDED)
    return found.order_by("outcome" if undecided else "report", "report", "number")


def line_numbers(meeting: Meeting) -> dict[str, int]:
    """How many people of reports are in each state."""
    found = AttendanceLine.objects.filter(report__meeting=meeting).order_by().values_list("outcome")
    return dict(found.annotate(number=Count("pk")))
