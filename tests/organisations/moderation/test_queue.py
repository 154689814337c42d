"""The queue and the page of one request: what waits first, beside what it is read, who looks at it, what leaves."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import strip_tags

from core.accounts.choices import Role
from core.messaging.models import Message
from core.workflow import history
from organisations.choices import SubmissionStatus as S
from organisations.models import Submission, SubmissionVersion
from organisations.services.enrolment import lodge_submission
from organisations.services.moderation import decide_submission
from tests.factories.accounts import UserFactory, staff_client
from tests.factories.organisations import OrganisationContactFactory, OrganisationFactory
from tests.organisations.moderation.requests import REASON, a_change, a_claim, an_enrolment

pytestmark = pytest.mark.django_db
QUEUE = "/admin/organisations/submission/"


def step(request, name):
    return f"{QUEUE}{request.pk}/step/{name}/"


def words(page) -> str:
    return " ".join(strip_tags(page.text).split())


def make_old(request, days):
    moment = timezone.now() - timedelta(days=days)
    Submission.objects.filter(pk=request.pk).update(lodged_at=moment)
    SubmissionVersion.objects.filter(submission=request).update(lodged_at=moment)


def test_longest_wait_stands_first_and_only_what_waits():
    claims = [a_claim() for _number in range(3)]
    decide_submission(submission=claims[0], step="reject", actor=UserFactory(roles=[Role.EDITOR]), reason="x")
    make_old(claims[2], 40)
    client = staff_client(Role.EDITOR)
    page = client.get(QUEUE)

    assert [row.pk for row in page.context["cl"].result_list] == [claims[2].pk, claims[1].pk]
    assert "2 cereri așteaptă o decizie." in words(page)
    assert "1 așteaptă de mai mult de 10 zile lucrătoare." in words(page)
    assert "venită astăzi" in words(page)
    late = client.get(QUEUE, {"starea": "intarziate"}).context["cl"].result_list
    assert [row.pk for row in late] == [claims[2].pk]
    assert client.get(QUEUE, {"starea": "respinse"}).context["cl"].result_count == 1
    assert client.get(QUEUE, {"starea": "toate"}).context["cl"].result_count == 3
    assert client.get(QUEUE, {"starea": "\x00ceva"}).status_code in (200, 302)


def test_drafts_are_not_for_staff_to_read():
    draft = Submission.objects.create(kind="enrolment", applicant=UserFactory())
    client = staff_client()
    assert client.get(f"{QUEUE}{draft.pk}/change/").status_code == 302
    assert client.get(QUEUE, {"starea": "toate"}).context["cl"].result_count == 0


def test_queries_do_not_grow_with_the_queue():
    client = staff_client(Role.EDITOR)
    a_claim()
    client.get(QUEUE)
    with CaptureQueriesContext(connection) as small:
        client.get(QUEUE)
    for _number in range(12):
        a_claim()
    with CaptureQueriesContext(connection) as large:
        client.get(QUEUE)
    assert len(large) == len(small)


def test_enrolment_lodged_again_is_read_beside_its_last_version():
    request = an_enrolment()
    decide_submission(
        submission=request, step="return", actor=UserFactory(roles=[Role.EDITOR]), reason=REASON
    )
    request.refresh_from_db()
    request.answers["identity"]["legal_name"] = "Asociația Prietenii Bucovinei și ai Moldovei"
    request.save()
    lodge_submission(submission=request, actor=request.applicant)
    page = staff_client(Role.EDITOR).get(f"{QUEUE}{request.pk}/change/")
    rows = {row.question: row for section in page.context["sections"] for row in section.rows}

    assert [row.question for row in rows.values() if row.differs] == ["Denumirea legală"]
    assert rows["Denumirea legală"].beside[0].text == "Asociația Prietenii Bucovinei din Iași"
    assert "≠ diferit" in words(page)
    assert REASON in page.text
    assert "Versiunea 1," in words(page)


def test_change_is_read_beside_the_record():
    change = a_change(acronym="APM")
    page = staff_client(Role.EDITOR).get(f"{QUEUE}{change.pk}/change/")
    changed = [row for section in page.context["sections"] for row in section.rows if row.differs]

    assert [(row.text, row.beside[0].text) for row in changed] == [("APM", "APB")]
    assert "În evidență acum" in words(page)


def test_claim_shows_the_record_its_contacts_and_whether_the_address_agrees():
    record = OrganisationFactory(recorded=True, in_county="CJ", legal_name="Asociația Poteca")
    OrganisationContactFactory(organisation=record, kind="website", value="https://www.poteca.example.org/")
    near, far = UserFactory(email="ana@poteca.example.org"), UserFactory(email="ana@gmail.com")
    client = staff_client(Role.EDITOR)
    pages = [words(client.get(f"{QUEUE}{a_claim(record, person).pk}/change/")) for person in (near, far)]

    assert "din același domeniu cu contactele" in pages[0]
    assert "Adresa nu este din domeniul" in pages[1]
    assert all("https://www.poteca.example.org/" in page for page in pages)
    assert "Alte cereri despre aceeași organizație" in pages[1]


def test_who_looks_at_it_is_told_to_the_others_and_holds_nobody():
    claim = a_claim()
    first, second = staff_client(Role.EDITOR), staff_client(Role.EDITOR)
    alone = first.get(f"{QUEUE}{claim.pk}/change/")
    both = second.get(f"{QUEUE}{claim.pk}/change/")

    assert "se uită acum" not in words(alone)
    assert "se uită acum la această cerere" in words(both)
    assert both.context["others"] == [str(alone.context["request"].user)]
    assert second.get(step(claim, "accept")).status_code == 200


def test_message_is_shown_before_it_leaves_and_leaves_as_shown():
    claim = a_claim()
    client = staff_client(Role.EDITOR)
    asked = client.get(step(claim, "return"))
    assert "Vedeți mesajul" in words(asked)
    typed = {"reason": REASON, "remark_claim": "Adăugați numărul împuternicirii."}
    seen = client.post(step(claim, "return"), typed)
    [mail] = seen.context["mails"]

    assert claim.applicant.email in mail.recipient
    assert "Revendicare: Adăugați numărul împuternicirii." in mail.text
    assert not Message.objects.filter(kind="organisations.submission_returned").exists()
    changed = client.post(step(claim, "return"), {**typed, "reason": "Altceva", "seen": seen.context["seal"]})
    assert "Mesajul s-a schimbat de când l-ați văzut." in words(changed)
    back = client.post(step(claim, "return"), {**typed, "edit": "1", "seen": seen.context["seal"]})
    assert "Adăugați numărul împuternicirii.</textarea>" in back.text
    done = client.post(step(claim, "return"), {**typed, "seen": seen.context["seal"]})
    assert done.status_code == 302

    message = Message.objects.get(kind="organisations.submission_returned")
    assert (message.subject, message.text) == (mail.subject, mail.text)
    assert "Adăugați numărul împuternicirii." in history(claim).first().reason


def test_second_decision_says_who_made_the_first_and_keeps_what_was_typed():
    claim = a_claim()
    first, second = staff_client(Role.EDITOR), staff_client(Role.EDITOR)
    data = {"reason": "Prima hotărâre"}
    first.post(
        step(claim, "reject"), {**data, "seen": first.post(step(claim, "reject"), data).context["seal"]}
    )
    late = second.post(step(claim, "return"), {"reason": REASON, "remark_claim": "O observație"})

    assert "Acest pas nu mai este posibil" in words(late)
    assert "Ultimul pas l-a făcut Persoana" in words(late)
    assert REASON in late.text
    assert "O observație" in late.text
    assert Message.objects.filter(kind__startswith="organisations.submission").count() == 1


def test_from_one_decision_to_the_next():
    claims = [a_claim() for _number in range(3)]
    client = staff_client(Role.EDITOR)
    page = client.get(f"{QUEUE}{claims[0].pk}/change/")
    assert page.context["following"] == ("Următoarea cerere", f"{QUEUE}{claims[1].pk}/change/")
    data = {"reason": REASON}
    seal = client.post(step(claims[0], "reject"), data).context["seal"]
    done = client.post(step(claims[0], "reject"), {**data, "seen": seal, "next": "1"})

    assert done.headers["Location"] == f"{QUEUE}{claims[1].pk}/change/"
    assert Submission.objects.get(pk=claims[0].pk).status == S.REJECTED
    # After the last one, the first that still waits.
    assert (
        client.get(f"{QUEUE}{claims[2].pk}/change/").context["following"][1]
        == f"{QUEUE}{claims[1].pk}/change/"
    )


def test_acceptance_shows_its_message_at_once_and_leaves_with_one_press():
    claims = [a_claim(), a_claim()]
    client = staff_client(Role.EDITOR)
    asked = client.get(step(claims[0], "accept"))
    [mail] = asked.context["mails"]
    assert claims[0].applicant.email in mail.recipient
    assert '<iframe class="mail-frame" sandbox=""' in asked.text
    assert "Vedeți mesajul" not in words(asked)
    done = client.post(
        step(claims[0], "accept"), {"reason": "De știut", "seen": asked.context["seal"], "next": "1"}
    )

    assert done.headers["Location"] == f"{QUEUE}{claims[1].pk}/change/"
    message = Message.objects.get(kind="organisations.claim_accepted")
    assert (message.subject, message.text) == (mail.subject, mail.text)
    assert "De știut" not in message.text
    assert history(claims[0]).first().reason == "De știut"


def test_likeliest_duplicate_is_read_beside_the_request_and_another_when_asked():
    request = an_enrolment()
    same = OrganisationFactory(
        recorded=True, in_county="CJ", legal_name=request.organisation.legal_name, acronym="APBI"
    )
    near = OrganisationFactory(
        recorded=True, in_county="IS", legal_name="Prietenii Bucovinei din orașul Iași", acronym=""
    )
    client = staff_client(Role.EDITOR)
    page = client.get(f"{QUEUE}{request.pk}/change/")
    rows = {row.question: row for section in page.context["sections"] for row in section.rows}

    assert page.context["beside_record"] == same
    assert rows["Acronim"].beside[0].text == "APBI"
    # That another organisation differs is no change of the request.
    assert page.context["changed"] == []
    other = client.get(f"{QUEUE}{request.pk}/change/", {"alaturi": near.pk})
    assert other.context["beside_record"] == near
    for typed in ("0", "x", "\x00", "9" * 30, OrganisationFactory().pk):
        assert client.get(f"{QUEUE}{request.pk}/change/", {"alaturi": typed}).context["beside_record"] == same


def test_queue_counts_kinds_and_leads_to_the_first():
    enrolment, claim = an_enrolment(), a_claim()
    decide_submission(submission=claim, step="return", actor=UserFactory(roles=[Role.EDITOR]), reason="x")
    claim.refresh_from_db()
    lodge_submission(submission=claim, actor=claim.applicant)
    page = staff_client(Role.EDITOR).get(QUEUE)

    assert "Numai: Revendicare (1), Înscriere (1)" in words(page)
    assert f"{QUEUE}{enrolment.pk}/change/" in page.text.partition("Începeți cu prima")[0][-200:]
    assert "revenită după modificări" in words(page)


def test_auditor_reads_and_decides_nothing():
    claim = a_claim()
    auditor = staff_client(Role.AUDITOR)
    page = auditor.get(f"{QUEUE}{claim.pk}/change/")

    assert "/step/" not in page.text
    assert auditor.post(step(claim, "accept")).status_code == 403
    assert auditor.post(f"{QUEUE}{claim.pk}/change/").status_code == 403
    assert Submission.objects.get(pk=claim.pk).status == S.LODGED


@pytest.mark.parametrize("reason", ["x" * 10_000, "a\x00b", "\u202e"])
def test_hostile_reasons_are_refused_or_cleaned(reason):
    claim = a_claim()
    page = staff_client(Role.EDITOR).post(step(claim, "reject"), {"reason": reason})
    assert page.status_code == 200
    assert Submission.objects.get(pk=claim.pk).status == S.LODGED


def test_buttons_of_a_waiting_record_lead_to_its_request_alone():
    request = an_enrolment()
    client = staff_client(Role.EDITOR)
    page = client.get(f"/admin/organisations/organisation/{request.organisation_id}/change/")
    assert "/step/list/" not in page.text
    seen = client.post(
        f"/admin/organisations/organisation/{request.organisation_id}/step/list/", {"reason": ""}
    )
    assert "decideți asupra cererii" in words(seen)
