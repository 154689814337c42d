"""The yearly question whether a listed record still holds (row O11, decision 14)."""

from datetime import date, timedelta

from django.db import transaction

from organisations.models import Organisation, Reconfirmation
from organisations.models.upkeep import ASKED_NOW


@transaction.atomic
def open_reconfirmation(*, organisation: Organisation, due_on: date) -> Reconfirmation:
    """Ask the organisation to confirm its record by ``due_on``; one question is open at a time.

    While one waits, it is returned as it is. A day on which this organisation was asked once already becomes the
    next free one. Two callers at once make one question.
    """
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    asked = Reconfirmation.objects.filter(organisation=organisation)
    waiting = asked.filter(status__in=ASKED_NOW).first()
    if waiting is not None:
        return waiting
    taken = set(asked.filter(due_on__gte=due_on).values_list("due_on", flat=True))
    while due_on in taken:
        due_on += timedelta(days=1)
    return Reconfirmation.objects.create(organisation=organisation, due_on=due_on)
