"""After an erasure no column of any table holds the person's address, name or telephone number; others keep theirs."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone

from core.accounts.choices import Role
from core.accounts.emails import ERASURE_BY_STAFF
from core.accounts.models import Consent, Erasure, User
from core.accounts.services.consents import give_consent
from core.accounts.services.erasure import ask_erasure, erase_due
from core.accounts.services.roles import grant_role, revoke_role
from core.exports import log_export
from core.jobs.models import Job
from core.messaging.models import Message
from core.messaging.services import post_message
from core.models import StateChange
from core.pages.models import Feedback
from core.workflow import remember
from organisations.choices import ContactKind, MemberRole, SubmissionKind, SubmissionStatus
from organisations.consents import ENROLMENT
from organisations.models import (
    ImportLine,
    Invitation,
    Membership,
    OrganisationContact,
    OrganisationMerge,
    RecordReport,
    RegistryImport,
    Submission,
    SubmissionVersion,
    VolunteerCoordinator,
)
from tests.factories.accounts import TOTP_SECRET, UserFactory, sign_in
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db
EMAIL, NAME, PHONE = "ilinca.zagreanu@exemplu.invalid", "Ilinca Zăgreanu", "+40722605775"
TEXTUAL = ("text", "character varying", "character", "json", "jsonb", "ARRAY", "USER-DEFINED", "tsvector")


def columns_holding(*needles: str) -> list[str]:
    """Every column of the database in which one of these stands, asked of the database itself."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = current_schema() AND data_type = ANY(%s)",
            [list(TEXTUAL)],
        )
        for table, column in cursor.fetchall():
            asked = " OR ".join([f'"{column}"::text ILIKE %s'] * len(needles))
            cursor.execute(
                f'SELECT count(*) FROM "{table}" WHERE {asked}',  # noqa: S608
                [f"%{needle}%" for needle in needles],
            )
            if cursor.fetchone()[0]:
                found.append(f"{table}.{column}")
    return found


def quoted() -> str:
    return f"{NAME} ({EMAIL.upper()}, {PHONE}) a cerut acest lucru."


@pytest.fixture
def person() -> User:
    """Somebody who left traces wherever one can."""
    user = UserFactory(email=EMAIL, full_name=NAME)
    colleague = UserFactory(email="alt@exemplu.invalid", full_name="Alt Coleg", roles=[Role.ADMINISTRATOR])
    EmailAddress.objects.create(user=user, email=f"vechi.{EMAIL}", verified=False, primary=False)
    TOTP.activate(user, TOTP_SECRET)
    sign_in(Client(), user)
    grant_role(user=user, role=Role.EVALUATOR, by=colleague)
    revoke_role(user=user, role=Role.EVALUATOR, by=colleague)
    for model, record in ((User, user), (Membership, None)):
        LogEntry.objects.create(
            user=colleague,
            content_type=ContentType.objects.get_for_model(model),
            object_id=str(record.pk if record else 1),
            object_repr=f"{NAME} – Asociația",
            action_flag=CHANGE,
            change_message=json.dumps([{"added": {"name": "rol", "object": f"{NAME}: evaluator"}}]),
        )
    organisation = OrganisationFactory(legal_name="Asociația Rămâne", slug="ramane")
    alone = Membership.objects.create(organisation=organisation, user=user, role=MemberRole.MANAGER)
    alone.history.update(history_change_reason=f"la cererea {EMAIL}"[:100])
    organisation.court = f"{NAME}, {EMAIL}"
    organisation.save()
    organisation.court = ""
    organisation.save()
    VolunteerCoordinator.objects.create(organisation=organisation, name=NAME, email=EMAIL, phone=PHONE)
    for kind, value in (
        (ContactKind.EMAIL, EMAIL),
        (ContactKind.PHONE, PHONE),
        (ContactKind.EMAIL, "noi@exemplu.invalid"),
    ):
        OrganisationContact.objects.create(organisation=organisation, kind=kind, value=value)
    answers = {
        "contacts": {"email": EMAIL, "phone": PHONE, "address": "Str. Lungă 1"},
        "coordinator": {"name": NAME, "email": EMAIL, "phone": PHONE},
        "identity": {"legal_name": "Asociația Rămâne", "description": quoted()},
    }
    lodged = Submission.objects.create(
        kind=SubmissionKind.ENROLMENT,
        status=SubmissionStatus.LODGED,
        organisation=organisation,
        applicant=user,
        answers=answers,
        note=quoted(),
        lodged_at=timezone.now(),
        consent=give_consent(purpose=ENROLMENT.key, user=user, language="ro", about=organisation),
    )
    SubmissionVersion.objects.create(submission=lodged, number=1, answers=answers, lodged_at=timezone.now())
    Submission.objects.create(kind=SubmissionKind.ENROLMENT, applicant=user, answers=answers)
    give_consent(purpose=ENROLMENT.key, email=EMAIL, language="ro")
    remember(lodged, name="accept", source="lodged", target="accepted", actor=user, reason=quoted())
    until = timezone.now() + timedelta(days=14)
    Invitation.objects.create(organisation=organisation, email=EMAIL, invited_by=colleague, expires_at=until)
    Invitation.objects.create(
        organisation=organisation, email="x@exemplu.invalid", invited_by=user, expires_at=until
    )
    OrganisationMerge.objects.create(
        kept=organisation,
        merged_name="A",
        merged_slug="a",
        merged_record={"contact": [quoted()]},
        reason=quoted(),
    )
    RecordReport.objects.create(
        organisation=organisation, reason="wrong", message=quoted(), email=EMAIL, language="ro"
    )
    Feedback.objects.create(kind="other", message=f"Sunt {NAME}.", email=EMAIL, language="ro")
    told = post_message(
        kind=ERASURE_BY_STAFF,
        key="proba",
        to=colleague.email,
        values={"name": "x", "day": "y", "link": "/z/"},
    )
    Message.objects.filter(pk=told.pk).update(text=quoted(), html=f"<p>{quoted()}</p>", subject=NAME)
    file = RegistryImport.objects.create(name="lista.csv", columns=[["Contact", EMAIL]])
    ImportLine.objects.create(
        registry_import=file, number=1, kind="refused", cells=[NAME], values={"email": EMAIL}
    )
    SocialAccount.objects.create(
        user=user, provider="roid", uid="17", extra_data={"email": EMAIL, "name": NAME}
    )
    log_export(colleague, "Persoane", {"căutare": EMAIL}, 1)
    Job.objects.create(kind="proba", owner=user, language="ro", arguments={"q": NAME})
    return user


def test_no_trace_is_left_and_nobody_else_is_touched(person):
    pk = person.pk
    before = set(columns_holding(EMAIL, NAME, PHONE))
    assert {"accounts_user.email", "core_statechange.reason", "organisations_submission.answers"} <= before
    assert {"organisations_historicalorganisation.court", "django_admin_log.object_repr"} <= before
    assert len(before) > 20
    erasure = ask_erasure(user=person, reason=quoted())

    assert erase_due(now=erasure.due_at) == 1

    assert columns_holding(EMAIL, NAME, PHONE, json.dumps(NAME)[1:-1].replace("\\", "\\\\")) == []
    assert Erasure.objects.get(pk=erasure.pk).left == []
    assert not Session.objects.exists()
    # Organisations stay, people go; what was decided stays without saying by whom.
    lodged = Submission.objects.get()
    assert lodged.organisation.legal_name == "Asociația Rămâne"
    assert lodged.applicant is None
    assert lodged.answers["contacts"]["address"] == "Str. Lungă 1"
    assert StateChange.objects.get(transition="accept").actor is None
    assert list(OrganisationContact.objects.values_list("value", flat=True)) == ["noi@exemplu.invalid"]
    assert Invitation.objects.get().invited_by is None
    assert Consent.objects.count() == 2
    assert set(Consent.objects.values_list("user", "email")) == {(None, "")}
    assert User.objects.get().email == "alt@exemplu.invalid"
    # Nothing points to the person's number either.
    assert not Membership.history.filter(user_id=pk).exists()
    # The record without people waits in the moderators' queue.
    assert (
        RecordReport.objects.filter(reason="other", status="new", organisation=lodged.organisation).count()
        == 1
    )


def test_the_only_manager_is_told_first(client, person):
    other = OrganisationFactory(legal_name="Asociația Cu Doi", slug="cu-doi")
    for user in (person, UserFactory()):
        Membership.objects.create(organisation=other, user=user, role=MemberRole.MANAGER)

    page = sign_in(client, person).get("/cont/date/stergere/").text
    assert "Asociația Rămâne" in page
    assert "Asociația Cu Doi" not in page


def test_my_data_shows_all_of_mine_and_nothing_of_others(client, person):
    stranger = UserFactory(email="strain@exemplu.invalid", full_name="Cineva Străin")
    Submission.objects.create(
        kind=SubmissionKind.ENROLMENT, applicant=stranger, answers={"a": {"b": "al străinului"}}
    )
    sign_in(client, person)

    page = client.get("/cont/date/").text
    archive = client.get("/cont/date/arhiva/")
    assert archive.streaming
    assert archive["Content-Type"] == "application/zip"
    parts = unzipped(b"".join(archive))
    assert set(parts) == {"data.json", "datele-mele.html"}
    for text in (page, *parts.values()):
        assert EMAIL in text
        assert NAME in text
        assert "Asociația Rămâne" in text
        assert "strain" not in text
        assert "Cineva Străin" not in text
        assert "Alt Coleg" not in text
    titles = [section["title"] for section in json.loads(parts["data.json"])["sections"]]
    assert {"Account", "Consents", "Requests that you lodged or began"} <= set(titles)
    assert "Cereri pe care le-ați depus" in parts["datele-mele.html"]
    assert "<script" not in parts["datele-mele.html"]
    assert PHONE in parts["data.json"]
    assert (
        "password" not in parts["data.json"].replace("Password", "").lower()
        or person.password not in parts["data.json"]
    )
    assert TOTP_SECRET not in parts["data.json"]
    assert client.get("/en/cont/date/").status_code == 200
    assert Client().get("/cont/date/arhiva/").status_code == 302


def unzipped(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}
