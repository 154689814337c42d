"""What those who were invited answered."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.messaging.choices import STOPPED_STATUSES
from core.text import Fold, fold
from meetings.choices import Reply
from meetings.models import Invitee, Meeting, Registration
from meetings.selectors.scopes import Scope
from organisations.models import StructureMembership

REMINDED_AFTER: Final = timedelta(days=3)

REGISTERED, COMING, NOT_COMING, REFUSED, SILENT = "inscris", "vine", "nu-vine", "nelivrat", "fara-raspuns"
STATES: Final[dict[str, str | Promise]] = {
    REGISTERED: _("Has registered"),
    COMING: _("Comes, not registered yet"),
    NOT_COMING: _("Does not come"),
    REFUSED: _("The mail did not arrive"),
    SILENT: _("No answer yet"),
}


def invitees_of(meeting: Meeting, scope: Scope) -> QuerySet[Any]:
    """Everybody who was invited, each with one ``state``; to a structure its own members alone, whoever asked them."""
    found: QuerySet[Any] = Invitee.objects.filter(meeting=meeting)
    if scope.structure is not None:
        members = StructureMembership.objects.present().filter(structure=scope.structure)
        found = found.filter(
            Q(uat__in=members.exclude(uat=None).values("uat"))
            | Q(uat=None, organisation=None, county__in=members.exclude(county=None).values("county"))
        )
    registered = Registration.objects.active().filter(
        Q(pk=OuterRef("registration")) | Q(email=OuterRef("email")), meeting=meeting
    )
    of_the_place = Q(uat=OuterRef("uat")) | Q(uat=None, county=OuterRef("county"))
    acronym = StructureMembership.objects.present().filter(of_the_place).order_by("structure__position")
    stated: QuerySet[Any] = found.annotate(
        is_registered=Exists(registered),
        state=Case(
            When(is_registered=True, then=Value(REGISTERED)),
            When(reply=Reply.COMING, then=Value(COMING)),
            When(reply=Reply.NOT_COMING, then=Value(NOT_COMING)),
            When(message__status__in=STOPPED_STATUSES, then=Value(REFUSED)),
            default=Value(SILENT),
            output_field=CharField(),
        ),
        structure=Case(
            When(organisation=None, then=Subquery(acronym.values("structure__acronym")[:1])),
            default=Value(""),
            output_field=CharField(),
        ),
    )
    return stated


def awaited(meeting: Meeting, scope: Scope) -> QuerySet[Any]:
    """Those who have not answered, whose mail arrived, and who were last written to three days ago."""
    return invitees_of(meeting, scope).filter(
        state=SILENT, message__created_at__lt=timezone.now() - REMINDED_AFTER
    )


@dataclass(frozen=True, kw_only=True)
class ReplyLine:
    """How many of one county or structure are in each state."""

    label: str
    total: int
    states: dict[str, int]

    @property
    def answered(self) -> int:
        return sum(self.states.get(state, 0) for state in (REGISTERED, COMING, NOT_COMING))

    @property
    def cells(self) -> list[tuple[str | Promise, int]]:
        """Label and number of each state, in order."""
        return [(label, self.states.get(state, 0)) for state, label in STATES.items()]


@dataclass(frozen=True, kw_only=True)
class Replies:
    """The whole, by county and by structure; two dimensions of one list."""

    whole: ReplyLine
    by_county: list[ReplyLine]
    by_structure: list[ReplyLine]


def replies(meeting: Meeting, scope: Scope) -> Replies:
    """One query."""
    rows = list(
        invitees_of(meeting, scope)
        .order_by("county__order_key", "structure")
        .values_list("county__name", "structure", "state")
    )
    return Replies(
        whole=_line("", [state for _county, _structure, state in rows]),
        by_county=_lines((county or "–", state) for county, _structure, state in rows),
        by_structure=_lines((_group(structure), state) for _county, structure, state in rows),
    )


def _group(structure: str | None) -> str:
    """Organisations have an empty structure, authorities of no structure none at all."""
    return structure or str(_("Other local authorities") if structure is None else _("Listed organisations"))


def _lines(rows: Iterable[tuple[str, str]]) -> list[ReplyLine]:
    by_label: dict[str, list[str]] = {}
    for label, state in rows:
        by_label.setdefault(label, []).append(state)
    return [_line(label, states) for label, states in by_label.items()]


def _line(label: str, states: list[str]) -> ReplyLine:
    return ReplyLine(label=label, total=len(states), states={state: states.count(state) for state in STATES})


@dataclass(frozen=True, kw_only=True)
class ReplyQuestion:
    """What the list is asked."""

    state: str = ""
    county: str = ""
    words: str = ""

    def without(self, name: str) -> "ReplyQuestion":
        return replace(self, **{name: ""})


def invitees(meeting: Meeting, scope: Scope, question: ReplyQuestion) -> QuerySet[Any]:
    """Those who answer all filters, by name."""
    found: QuerySet[Any] = invitees_of(meeting, scope).select_related("county", "uat", "message")
    if question.state:
        found = found.filter(state=question.state)
    if question.county:
        found = found.filter(county__code=question.county)
    words: list[str] = fold(question.words).split()[:8]
    if words:
        found = found.annotate(said=Fold("name"))
    for word in words:
        found = found.filter(said__contains=word)
    return found.order_by("name", "pk")


def state_label(state: str) -> Any:
    return STATES.get(state, state)
