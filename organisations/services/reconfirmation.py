"""The yearly question whether a listed record still holds (row O11, decision 14).

Whoever lists a record opens the first question with it; each confirmation opens the next. The daily run does the rest
from the dates in the table alone, one transaction a record: stopped in the middle it goes on where it was, and run
twice it changes nothing.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.workflow import TransitionRefusedError
from organisations.choices import RegisterStatus
from organisations.emails import reconfirmation as emails
from organisations.models import Organisation, Reconfirmation
from organisations.models.upkeep import ASKED_NOW
from organisations.selectors import reconfirmation as selectors
from organisations.workflow import ORGANISATION_WORKFLOW, RECONFIRMATION_WORKFLOW, has_lapsed

# From which day before the due one the record can be confirmed.
OPEN_BEFORE = timedelta(days=60)
# Records that were listed before anybody was asked: their days are spread over this time, none sooner than the first.
SOONEST, SPREAD_DAYS = timedelta(days=35), 330

T = TypeVar("T")


def a_year_after(day: date) -> date:
    """The same day of the next year; 28 February for a leap day."""
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def next_due(*, organisation: Organisation, due_on: date) -> date:
    """The day that :func:`open_reconfirmation` would ask for, without asking."""
    asked = Reconfirmation.objects.filter(organisation=organisation)
    waiting = asked.filter(status__in=ASKED_NOW).first()
    if waiting is not None:
        return waiting.due_on
    taken = set(asked.filter(due_on__gte=due_on).values_list("due_on", flat=True))
    while due_on in taken:
        due_on += timedelta(days=1)
    return due_on


@transaction.atomic
def open_reconfirmation(*, organisation: Organisation, due_on: date) -> Reconfirmation:
    """Ask the organisation to confirm its record by ``due_on``; one question is open at a time.

    While one waits, it is returned as it is. A day on which this organisation was asked once already becomes the
    next free one. Two callers at once make one question.
    """
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    waiting = Reconfirmation.objects.filter(organisation=organisation, status__in=ASKED_NOW).first()
    if waiting is not None:
        return waiting
    day = next_due(organisation=organisation, due_on=due_on)
    return Reconfirmation.objects.create(organisation=organisation, due_on=day)


@transaction.atomic
def confirm_record(*, organisation: Organisation, actor: User) -> Reconfirmation:
    """The organisation says that its record holds; the next question is opened for a year from today.

    A record that was suspended because nobody had confirmed it is listed again in the same moment. Returns the next
    question; one that cannot be answered yet is returned as it stands, so that a second press changes nothing.
    Raises ``TransitionRefusedError`` when the actor may not, or the record is not one that is asked.
    """
    locked = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    today = timezone.localdate()
    if has_lapsed(locked):
        ORGANISATION_WORKFLOW.perform(locked, "reinstate", actor=actor)
        asked = selectors.last_lapsed(locked)
    elif locked.register_status != RegisterStatus.LISTED:
        raise TransitionRefusedError(_("Only listed records are confirmed."))
    else:
        asked = selectors.asked_now(locked)
        if asked is not None and asked.due_on - today > OPEN_BEFORE:
            return asked
    if asked is None:
        asked = open_reconfirmation(organisation=locked, due_on=today)
    _confirm(asked, actor)
    return open_reconfirmation(organisation=locked, due_on=a_year_after(today))


@transaction.atomic
def confirm_in_the_name_of(*, asked: Reconfirmation, actor: User, reason: str) -> Reconfirmation:
    """Staff confirm what the organisation told them; the reason stays in the history, the next question opens.

    Raises ``TransitionRefusedError`` for a record that is not listed: staff enter that again first.
    """
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=asked.organisation_id)
    if organisation.register_status != RegisterStatus.LISTED:
        raise TransitionRefusedError(_("Only listed records are confirmed."))
    confirmed = _confirm(asked, actor, reason)
    open_reconfirmation(organisation=organisation, due_on=a_year_after(timezone.localdate()))
    return confirmed


def advance_reconfirmations(*, today: date) -> None:
    """All that the date makes happen: questions opened and taken back, reminders, overdue marks, suspensions.

    Records that have nobody to ask are marked overdue and stay: staff find them in their own list.
    """
    _each(selectors.listed_without_question(), lambda found: _open_first(found, today))
    _each(selectors.asked_without_reason(), _cancel)
    _each(selectors.to_remind(today), lambda found: _remind(found, today))
    _each(selectors.due_before(today), _mark_overdue)
    _each(selectors.overdue_for_too_long(), _lapse)


def first_due_date(organisation: Organisation, *, last: date | None, today: date) -> date:
    """A year after the record was listed or last confirmed; a day in the year to come where that is past or near."""
    base = max(day for day in (organisation.listed_on, last, date.min) if day is not None)
    due = a_year_after(base)
    if due >= today + SOONEST:
        return due
    return today + SOONEST + timedelta(days=organisation.pk * 7 % SPREAD_DAYS)


def _confirm(asked: Reconfirmation, actor: User, reason: str = "") -> Reconfirmation:
    confirmed = RECONFIRMATION_WORKFLOW.perform(asked, "confirm", actor=actor, reason=reason)
    confirmed.confirmed_by = actor
    confirmed.save(update_fields=["confirmed_by"])
    return confirmed


def _each(found: Iterable[T], act: Callable[[T], object]) -> None:
    """One transaction a record; what somebody else did in the meantime is theirs."""
    for record in found:
        try:
            with transaction.atomic():
                act(record)
        except TransitionRefusedError:
            continue


def _open_first(organisation: Organisation, today: date) -> None:
    last = selectors.last_confirmed_on(organisation)
    open_reconfirmation(
        organisation=organisation, due_on=first_due_date(organisation, last=last, today=today)
    )


def _cancel(asked: Reconfirmation) -> None:
    RECONFIRMATION_WORKFLOW.perform(asked, "cancel", actor=None)


def _remind(asked: Reconfirmation, today: date) -> None:
    stage = max(day for day in (-30, -7, 0) if today >= asked.due_on + timedelta(days=day))
    for person in selectors.people_to_ask(asked.organisation):
        emails.send_reminder(asked, person, stage)


def _mark_overdue(asked: Reconfirmation) -> None:
    RECONFIRMATION_WORKFLOW.perform(asked, "overdue", actor=None)


def _lapse(asked: Reconfirmation) -> None:
    """Suspends the record; never one whose people have all gone since the question was read."""
    people = list(selectors.people_to_ask(asked.organisation))
    if not people:
        return
    RECONFIRMATION_WORKFLOW.perform(asked, "lapse", actor=None)
    reason = _("Nobody confirmed the record within 60 days after it was due.")
    ORGANISATION_WORKFLOW.perform(asked.organisation, "lapse", actor=None, reason=reason)
    for person in people:
        emails.send_lapsed(asked, person)
