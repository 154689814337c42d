"""What is pressed twice, one after the other or at once, is kept once; what differs is kept beside it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from core.pages.choices import FeedbackKind
from core.pages.models import Feedback
from core.pages.services import receive_feedback
from core.repeats import WITHIN
from organisations.models import RecordReport
from organisations.services.reports import receive_report
from tests.factories.organisations import OrganisationFactory


def send(message: str = "Nu merge harta.") -> int:
    sent = receive_feedback(
        kind=FeedbackKind.OTHER, message=message, email="x@exemplu.invalid", language="ro"
    )
    return sent.pk


@pytest.mark.django_db
def test_the_same_is_kept_once_for_a_while():
    first = send()
    assert send() == first
    assert send("Altceva.") != first
    Feedback.objects.update(created_at=timezone.now() - WITHIN)
    assert send() != first


@pytest.mark.django_db(transaction=True)
def test_five_reports_at_once_are_one():
    organisation = OrganisationFactory(slug="una")

    def report(_number: int) -> int:
        try:
            return receive_report(
                organisation=organisation, reason="wrong", message="Nu mai există.", language="ro"
            ).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as pool:
        assert len(set(pool.map(report, range(5)))) == 1
    assert RecordReport.objects.count() == 1
