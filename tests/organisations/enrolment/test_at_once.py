"""Fifty people lodge one CUI in the same moment: one record, forty-nine messages, fifty drafts that are whole."""

import threading

import pytest
from django.db import connection, connections, transaction

from organisations.choices import SubmissionStatus
from organisations.models import Organisation, Submission
from organisations.services.drafts import save_step
from organisations.services.enrolment import SameRecordError, lodge_submission
from tests.factories.accounts import UserFactory
from tests.organisations.enrolment.world import ANSWERS, CUI, draft, territory

AT_ONCE = 50


@pytest.mark.django_db(transaction=True)
def test_fifty_lodgings_of_one_code_make_one_record():
    with transaction.atomic():
        territory()
    drafts = [draft(UserFactory()) for _number in range(AT_ONCE)]
    told: list[str] = []
    ready = threading.Barrier(AT_ONCE)

    def lodge(mine: Submission) -> None:
        try:
            ready.wait(20)
            lodge_submission(submission=mine, actor=mine.applicant)
            told.append("lodged")
        except SameRecordError:
            told.append("same")
        except Exception as error:  # noqa: BLE001
            told.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=lodge, args=[each]) for each in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert sorted(set(told)) == ["lodged", "same"], told
    assert (told.count("lodged"), told.count("same")) == (1, AT_ONCE - 1)
    assert Organisation.objects.get().cui == CUI
    states = list(Submission.objects.values_list("status", flat=True))
    assert (states.count(SubmissionStatus.LODGED), states.count(SubmissionStatus.DRAFT)) == (1, AT_ONCE - 1)
    assert all(each.answers == drafts[0].answers for each in Submission.objects.all())


@pytest.mark.django_db(transaction=True)
def test_two_tabs_lose_nothing_of_each_other():
    mine = draft(UserFactory())
    steps = [f"pas-{number}" for number in range(8)]

    def save(step: str) -> None:
        save_step(submission=mine, step=step, raw={"text": step})
        connections.close_all()

    threads = [threading.Thread(target=save, args=[step]) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    mine.refresh_from_db()
    assert {step: mine.answers[step]["text"] for step in steps} == {step: step for step in steps}
    assert mine.answers["identity"] == ANSWERS["identity"]
