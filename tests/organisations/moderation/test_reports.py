"""Readers' reports: received without an account, read by staff, answered once, their addresses forgotten."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from core.accounts.choices import GRANTED_ROLES, Role
from core.messaging.models import Message
from core.workflow import TransitionRefusedError
from organisations.models import FormerSlug, RecordReport
from organisations.services.reports import decide_report, forget_reporters
from organisations.workflow import REPORT_WORKFLOW
from tests.factories.accounts import UserFactory, staff_client
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db
TEXT = "Organizația s-a mutat la Cluj."


@pytest.fixture
def form(monkeypatch):
    """A form that may be sent at once, as it was typed."""
    monkeypatch.setattr("core.publicforms.LEAST_SECONDS", 0)

    def send(organisation, client=None, **fields):
        client = client or Client()
        address = f"/organizatii/{organisation.slug}/sesizare/"
        opened = client.get(address).context["form"].fields["opened"].initial
        return client.post(
            address, {"reason": "wrong", "message": TEXT, "email": "", "opened": opened, **fields}
        )

    return send


def test_reader_reports_and_has_a_receipt(form):
    organisation = OrganisationFactory()
    client = Client()
    assert f"/organizatii/{organisation.slug}/sesizare/" in client.get(organisation.get_absolute_url()).text
    answer = form(organisation, client, email="Cititor@example.org")
    receipt = client.get(answer.headers["Location"])

    report = RecordReport.objects.get()
    assert (report.message, report.status, report.organisation) == (TEXT, "new", organisation)
    assert report.reference in receipt.text
    assert "Cititor@example.org" in receipt.text
    assert client.cookies == {}
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"message": " \u202e "}, "Scrieți ce ar trebui îndreptat."),
        ({"message": "x" * 10_000}, "4000"),
        ({"message": "a\x00b"}, "nul"),
        ({"reason": ""}, "Alegeți ce este greșit."),
        ({"reason": "altul"}, "altul"),
        ({"email": "fără arond"}, "adresă de e-mail întreagă"),
        ({"site": "http://reclama.example.org"}, "Goliți acest câmp"),
        ({"opened": "inventat"}, "prea mult"),
    ],
)
def test_faults_are_said_and_nothing_typed_is_lost(form, fields, said):
    page = form(OrganisationFactory(), **fields)

    assert page.status_code == 422
    assert said.lower() in page.text.lower()
    kept = fields.get("message", TEXT)
    assert page.context["form"]["message"].value() == kept
    assert not RecordReport.objects.exists()


def test_throttle_and_other_sites(form):
    organisation = OrganisationFactory()
    client = Client()
    assert [form(organisation, client).status_code for _number in range(11)] == [302] * 10 + [429]
    cache.clear()
    page = client.post(
        f"/organizatii/{organisation.slug}/sesizare/", headers={"sec-fetch-site": "cross-site"}
    )
    assert page.status_code == 403


def test_only_public_records_are_reported_and_former_addresses_lead_on():
    hidden, open_ = OrganisationFactory(draft=True), OrganisationFactory()
    FormerSlug.objects.create(slug="veche", organisation=open_)
    client = Client()

    assert client.get(f"/organizatii/{hidden.slug}/sesizare/").status_code == 404
    assert client.get("/organizatii/veche/sesizare/").headers["Location"].endswith(f"/{open_.slug}/sesizare/")
    assert client.get("/organizatii/sesizare/primita/inventat/").status_code == 404


def test_answer_is_shown_then_leaves_once():
    report = RecordReport.objects.create(
        organisation=OrganisationFactory(),
        reason="wrong",
        message=TEXT,
        email="reader@example.org",
        language="en",
    )
    client = staff_client(Role.EDITOR)
    address = f"/admin/organisations/recordreport/{report.pk}/step/resolve/"
    typed = {"reason": "We have put the county right."}
    assert "Scrieți motivul." in client.post(address, {"reason": ""}).text
    seen = client.post(address, typed)
    client.post(address, {**typed, "seen": seen.context["seal"]})
    again = client.post(address, {**typed, "seen": seen.context["seal"]})

    report.refresh_from_db()
    message = Message.objects.get()
    assert (report.status, bool(report.handled_at)) == ("resolved", True)
    assert (message.to, message.language) == ("reader@example.org", "en")
    assert "We have put the county right." in message.text
    assert message.text == seen.context["mails"][0].text
    assert "Acest pas nu mai este posibil" in again.text


def test_report_without_an_address_is_closed_without_a_message():
    report = RecordReport.objects.create(
        organisation=OrganisationFactory(), reason="gone", message=TEXT, language="ro"
    )
    client = staff_client(Role.EDITOR)
    address = f"/admin/organisations/recordreport/{report.pk}/step/dismiss/"
    assert "Nu pleacă niciun mesaj" in client.get(address).text
    client.post(address, {"reason": "Organizația răspunde."})

    report.refresh_from_db()
    assert report.status == "dismissed"
    assert not Message.objects.exists()
    assert "<script>" not in client.get(f"/admin/organisations/recordreport/{report.pk}/change/").text


def test_addresses_are_forgotten_after_two_years():
    now = timezone.now()
    for days in (1, 729, 731):
        report = RecordReport.objects.create(
            organisation=OrganisationFactory(),
            reason="gone",
            message=TEXT,
            email="a@example.org",
            language="ro",
        )
        RecordReport.objects.filter(pk=report.pk).update(created_at=now - timedelta(days=days))

    assert forget_reporters(now=now) == 1
    assert forget_reporters(now=now) == 0
    assert RecordReport.objects.exclude(email="").count() == 2
    assert RecordReport.objects.count() == 3


@pytest.mark.parametrize("role", sorted(GRANTED_ROLES))
def test_only_the_editorial_team_answers(role):
    person = UserFactory(roles=[role])
    may = role in (Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER, Role.EDITOR)
    for step in REPORT_WORKFLOW.transitions:
        report = RecordReport.objects.create(
            organisation=OrganisationFactory(), reason="gone", message=TEXT, language="ro"
        )
        if may:
            assert decide_report(report=report, step=step, actor=person, reason="x").handled_at
        else:
            with pytest.raises(TransitionRefusedError):
                decide_report(report=report, step=step, actor=person, reason="x")
