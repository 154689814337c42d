"""The numbers of one gathering and the people who registered for it, for its team."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat

from core.text import Fold, fold
from meetings.choices import RegistrationStatus
from meetings.models import Attendance, Meeting, Registration


@dataclass(frozen=True, kw_only=True)
class TeamNumbers:
    """How many there are in each state, and how many came; ``unconfirmed`` hold a place and did not confirm yet."""

    places: int | None
    registered: int
    unconfirmed: int
    waiting: int
    withdrawn: int
    lapsed: int
    attended: int


def team_numbers(meeting: Meeting) -> TeamNumbers:
    """Two queries, however many registered."""
    states = Counter(
        dict(
            Registration.objects.filter(meeting=meeting)
            .order_by()
            .values_list("status")
            .annotate(number=Count("pk"))
        )
    )
    unconfirmed = Registration.objects.confirmed().filter(meeting=meeting, address_confirmed_at=None).count()
    return TeamNumbers(
        places=meeting.capacity,
        registered=states[RegistrationStatus.CONFIRMED],
        unconfirmed=unconfirmed,
        waiting=states[RegistrationStatus.WAITING],
        withdrawn=states[RegistrationStatus.CANCELLED],
        lapsed=states[RegistrationStatus.LAPSED],
        attended=Attendance.objects.filter(registration__meeting=meeting).count(),
    )


FILTERS = ("stare", "tip", "sector", "nivel", "judet", "prezenta")


@dataclass(frozen=True, kw_only=True)
class RegistrantQuestion:
    """What the list is asked: exact values by filter, words of the name, address or organisation."""

    chosen: dict[str, list[str]]
    words: str = ""


def registrants(meeting: Meeting, question: RegistrantQuestion) -> QuerySet[Registration]:
    """Those who answer all filters, in the order of arrival."""
    chosen = question.chosen
    found = Registration.objects.filter(meeting=meeting).select_related(
        "organisation", "county", "uat", "attendance"
    )
    columns = {
        "stare": "status",
        "tip": "participant_type",
        "sector": "sector",
        "nivel": "level",
        "judet": "county__code",
    }
    for name, column in columns.items():
        if chosen.get(name):
            found = found.filter(**{f"{column}__in": chosen[name]})
    presence = set(chosen.get("prezenta", ()))
    if presence == {"da"}:
        found = found.filter(attendance__isnull=False)
    elif presence == {"nu"}:
        found = found.filter(attendance__isnull=True)
    words = fold(question.words).split()[:8]
    if words:
        said = Concat("name", Value(" "), "email", Value(" "), "organisation_name", output_field=TextField())
        found = found.annotate(said=Fold(said))
    for word in words:
        found = found.filter(Q(said__contains=word) | Q(organisation__search_text__contains=word))
    return found.order_by("pk")
