"""What the table itself refuses, whoever writes to it."""

from datetime import UTC, datetime
from itertools import combinations

import pytest
from django.db import IntegrityError, transaction

from core.messaging.choices import MessageStatus
from core.messaging.models import Attempt, Message

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
DATES = ("next_attempt_at", "leased_until", "sent_at", "stopped_at")
ALLOWED = {
    MessageStatus.QUEUED: [{"next_attempt_at"}],
    MessageStatus.UNSURE: [set(), {"next_attempt_at"}],
    MessageStatus.SENDING: [{"leased_until"}],
    MessageStatus.SENT: [{"sent_at"}],
    MessageStatus.FAILED: [{"stopped_at"}],
    MessageStatus.CANCELLED: [{"stopped_at"}],
}
ANY = [set(chosen) for size in range(len(DATES) + 1) for chosen in combinations(DATES, size)]


@pytest.fixture
def message():
    return Message.objects.create(
        key="k", kind="tests.kind", to="a@example.org", language="ro", subject="s", text="t", html="h",
        message_id="<1@example.org>", next_attempt_at=NOW,
    )  # fmt: skip


def is_taken(message, **values):
    try:
        with transaction.atomic():
            Message.objects.filter(pk=message.pk).update(**values)
    except IntegrityError:
        return False
    return True


@pytest.mark.parametrize("status", [*MessageStatus, "odd", "sent\n", "queuedsent", ""])
def test_each_state_has_its_date_and_no_other(message, status):
    for dates in ANY:
        values = dict.fromkeys(DATES) | dict.fromkeys(dates, NOW)
        reason = "refused" if "stopped_at" in dates else ""
        taken = is_taken(message, status=status, stop_reason=reason, **values)
        assert taken is (dates in ALLOWED.get(status, [])), (status, dates)


@pytest.mark.parametrize("reason", ["", "refused", "odd", "refused|"])
def test_what_was_stopped_has_a_known_reason_and_nothing_else_has_one(message, reason):
    stopped = {"status": "failed", "next_attempt_at": None, "stopped_at": NOW}
    assert is_taken(message, stop_reason=reason) is (reason == "")
    assert is_taken(message, **stopped, stop_reason=reason) is (reason == "refused")


@pytest.mark.parametrize(
    ("field", "known", "unknown"), [("language", "en", ["de", "", "r\n"]), ("channel", "email", ["sms", ""])]
)
def test_values_are_known(message, field, known, unknown):
    assert is_taken(message, **{field: known})
    assert not any(is_taken(message, **{field: value}) for value in unknown)


@pytest.mark.parametrize("status", MessageStatus)
def test_what_is_erased_has_no_words_and_waits_for_nothing(message, status):
    dates = dict.fromkeys(DATES) | dict.fromkeys(ALLOWED[status][0], NOW)
    reason = "refused" if dates["stopped_at"] else ""
    assert is_taken(message, status=status, stop_reason=reason, **dates)
    is_over = status in {"sent", "failed", "cancelled"}
    assert not is_taken(message, erased_at=NOW)
    assert not is_taken(message, erased_at=NOW, text="")
    assert is_taken(message, erased_at=NOW, text="", html="") is is_over


def test_an_attempt_has_an_outcome_once_it_has_ended(message):
    attempt = Attempt.objects.create(message=message, number=1)
    for values, taken in (
        ({"outcome": "sent"}, False),
        ({"ended_at": NOW}, False),
        ({"outcome": "sent", "ended_at": NOW}, True),
        ({"outcome": "started"}, False),
    ):
        try:
            with transaction.atomic():
                Attempt.objects.filter(pk=attempt.pk).update(**values)
        except IntegrityError:
            assert not taken, values
        else:
            assert taken, values
