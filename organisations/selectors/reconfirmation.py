"""Which records are to be confirmed, by whom, and since when one is late."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from core.accounts.models import User
from core.models import StateChange
from organisations.choices import MemberRole, ReconfirmationStatus, RegisterStatus
from organisations.models import Membership, Organisation, Reconfirmation
from organisations.models.upkeep import ASKED_NOW

FIRST_REMINDER = timedelta(days=30)
# Counted from the day on which the record was marked, so that a portal that stood still takes nobody's time.
SUSPENDED_AFTER = timedelta(days=60)
_CHUNK = 500


def asked_now(organisation: Organisation) -> Reconfirmation | None:
    """The question that waits for this organisation."""
    return Reconfirmation.objects.filter(organisation=organisation, status__in=ASKED_NOW).first()


def last_lapsed(organisation: Organisation) -> Reconfirmation | None:
    """The question that nobody answered in time, the last one."""
    lapsed = Reconfirmation.objects.filter(organisation=organisation, status=ReconfirmationStatus.LAPSED)
    return lapsed.order_by("-due_on", "-pk").first()


def last_confirmed_on(organisation: Organisation) -> date | None:
    """The day, in Bucharest, of the last confirmation."""
    confirmed = Reconfirmation.objects.filter(organisation=organisation, confirmed_at__isnull=False)
    moment = confirmed.order_by("-confirmed_at").values_list("confirmed_at", flat=True).first()
    return timezone.localdate(moment) if moment else None


def people_to_ask(organisation: Organisation) -> QuerySet[User]:
    """Managers who can sign in; the mails go to them."""
    managers = Membership.objects.filter(organisation=organisation, role=MemberRole.MANAGER)
    people: QuerySet[User] = User.objects.filter(is_active=True, pk__in=managers.values("user_id"))
    return people.order_by("pk")


def with_nobody_to_ask(asked: QuerySet[Reconfirmation]) -> QuerySet[Reconfirmation]:
    """Questions of records that have no manager who can sign in: staff find them by this."""
    return asked.filter(~_somebody())


def listed_without_question() -> Iterator[Organisation]:
    """Listed records of which nothing is asked: listed before questions were, or by another door."""
    asked = Reconfirmation.objects.filter(organisation=OuterRef("pk"), status__in=ASKED_NOW)
    listed = Organisation.objects.filter(~Exists(asked), register_status=RegisterStatus.LISTED)
    return listed.order_by("pk").iterator(_CHUNK)


def asked_without_reason() -> Iterator[Reconfirmation]:
    """Questions to records that are no longer listed."""
    return _read(_asked().exclude(organisation__register_status=RegisterStatus.LISTED))


def to_remind(today: date) -> Iterator[Reconfirmation]:
    """Questions due within 30 days, today, or before, whose record has somebody to ask."""
    return _read(_asked().filter(_somebody(), due_on__lte=today + FIRST_REMINDER))


def due_before(today: date) -> Iterator[Reconfirmation]:
    """Open questions whose day has passed."""
    return _read(_asked().filter(status=ReconfirmationStatus.OPEN, due_on__lt=today))


def overdue_for_too_long() -> Iterator[Reconfirmation]:
    """Questions that were marked overdue 60 days ago, whose record has somebody who was asked."""
    marked = StateChange.objects.filter(
        content_type=ContentType.objects.get_for_model(Reconfirmation),
        object_id=Cast(OuterRef("pk"), CharField()),
        transition="overdue",
        at__lte=timezone.now() - SUSPENDED_AFTER,
    )
    overdue = _asked().filter(status=ReconfirmationStatus.OVERDUE, due_on__lt=timezone.localdate())
    return _read(overdue.filter(_somebody(), Exists(marked)))


def _somebody() -> Exists:
    managers = Membership.objects.filter(
        organisation=OuterRef("organisation"), role=MemberRole.MANAGER, user__is_active=True
    )
    return Exists(managers)


def _asked() -> QuerySet[Reconfirmation]:
    return Reconfirmation.objects.filter(status__in=ASKED_NOW)


def _read(found: QuerySet[Any]) -> Iterator[Any]:
    # The numbers first: what a step of the run changes is not read twice, nor missed.
    for pk in list(found.order_by("due_on", "pk").values_list("pk", flat=True)):
        record = found.model._default_manager.select_related("organisation").filter(pk=pk).first()
        if record is not None:
            yield record
