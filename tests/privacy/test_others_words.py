"""An erasure takes one person out, and nothing of others: not their addresses, names, numbers, words or contacts."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from core.accounts.models import User
from core.accounts.personal_data import sections
from core.accounts.services.erasure import ask_erasure, erase_due
from core.accounts.services.scrubbing import found_in
from core.models import StateChange
from core.workflow import remember
from organisations.choices import ContactKind, MemberRole, SubmissionKind, SubmissionStatus
from organisations.models import (
    ImportLine,
    Invitation,
    Membership,
    OrganisationContact,
    RegistryImport,
    Submission,
    VolunteerCoordinator,
)
from tests.factories.accounts import UserFactory
from tests.factories.organisations import OrganisationFactory
from tests.privacy.test_forgotten import columns_holding

pytestmark = pytest.mark.django_db
EMAIL, NAME, PHONE = "ana@exemplu.invalid", "Ana Popescu", "+40722605775"


def erase(user: User) -> list[str]:
    erasure = ask_erasure(user=user)
    assert erase_due(now=erasure.due_at + timedelta(seconds=1)) == 1
    erasure.refresh_from_db()
    return erasure.left


def lodged(**fields):
    return Submission.objects.create(
        kind=SubmissionKind.CHANGE, status=SubmissionStatus.LODGED, lodged_at=timezone.now(), **fields
    )


@pytest.mark.parametrize(
    ("text", "needle", "stands"),
    [
        ("scris de ana@b.ro.", "ana@b.ro", True),
        ("<ANA@B.RO>", "ana@b.ro", True),
        ("ioana@b.ro, x.ana@b.ro, ana@b.ro.uk", "ana@b.ro", False),
        (json.dumps("Domnul\nȘtefan Țară"), "Ștefan Țară", True),
        (json.dumps("„ana@b.ro”"), "ana@b.ro", True),
        ("ANA POPESCU", NAME, True),
        ("Ana Popescul", NAME, False),
        ("ana popescu", NAME, False),
        ("pentru voluntari", "Pentru Voluntari", False),
        ("Ana de la Cruz", "ana de la cruz", True),
        ("tel. 0722605775", "0722605775", True),
        ("10722605775", "0722605775", False),
    ],
)
def test_whole_words_only(text, needle, stands):
    assert found_in(text, needle) is stands


def test_namesakes_and_longer_addresses_stay():
    user = UserFactory(email=EMAIL, full_name=NAME)
    other = OrganisationFactory(legal_name="Fundația Ana Popescu", slug="alta")
    coordinator = {"coordinator": {"name": NAME, "email": "alta.ana@exemplu.invalid", "phone": PHONE}}
    request = lodged(organisation=other, answers=coordinator)
    nameless = lodged(
        organisation=OrganisationFactory(slug="b"), answers={"coordinator": {"name": NAME, "phone": PHONE}}
    )
    alone = VolunteerCoordinator.objects.create(organisation=other, name=NAME, phone=PHONE)
    phone = OrganisationContact.objects.create(organisation=other, kind=ContactKind.PHONE, value=PHONE)
    remember(other, name="x", source="", target="", actor=None, reason="cerut de alta.ana@exemplu.invalid")
    file = RegistryImport.objects.create(name="lista.csv")
    line = ImportLine.objects.create(
        registry_import=file,
        number=1,
        kind="new",
        label=other.legal_name,
        values={"legal_name": other.legal_name},
    )

    assert erase(user) == []
    for row in (request, nameless, line):
        row.refresh_from_db()
    assert request.answers == coordinator
    assert nameless.answers["coordinator"]["name"] == NAME
    assert (line.label, line.values["legal_name"]) == (other.legal_name, other.legal_name)
    assert VolunteerCoordinator.objects.get(pk=alone.pk).phone == PHONE
    assert OrganisationContact.objects.filter(pk=phone.pk).exists()
    assert StateChange.objects.get(transition="x").reason == "cerut de alta.ana@exemplu.invalid"


def test_a_name_or_number_of_common_words_takes_nothing_out():
    """Whoever types "pentru voluntari" as a name and "voluntari" as a number does not rewrite history."""
    user = UserFactory(email=EMAIL, full_name="pentru voluntari")
    organisation = OrganisationFactory(slug="c")
    Submission.objects.create(
        kind=SubmissionKind.ENROLMENT,
        applicant=user,
        answers={"coordinator": {"name": "x", "email": EMAIL, "phone": "voluntari"}},
    )
    for number in range(25):
        remember(
            organisation,
            name="x",
            source="",
            target="",
            actor=None,
            reason=f"Bun pentru voluntari, {number}.",
        )
    erase(user)

    assert StateChange.objects.filter(reason__startswith="Bun pentru voluntari").count() == 25


def test_own_data_shows_where_one_is_coordinator_and_not_a_namesake():
    user = UserFactory(email=EMAIL, full_name=NAME)
    shown, own, hidden = (
        OrganisationFactory(legal_name=f"Asociația {n}", slug=n) for n in ("unu", "doi", "trei")
    )
    VolunteerCoordinator.objects.create(organisation=shown, name="A. P.", email=EMAIL, phone=PHONE)
    VolunteerCoordinator.objects.create(organisation=own, name=NAME)
    VolunteerCoordinator.objects.create(organisation=hidden, name=NAME, phone="+40733000111")
    Membership.objects.create(organisation=own, user=user, role=MemberRole.MEMBER)
    text = str(_facts(user, "coordinator of volunteers"))

    assert "Asociația unu" in text
    assert PHONE in text
    assert "Asociația doi" in text
    assert "trei" not in text


def test_what_was_corrected_before_goes_too():
    """Name and address as they were, wherever they were written; unless the address is another account's by now."""
    user = UserFactory(email="veche@exemplu.invalid", full_name="Ana Veche")
    organisation = OrganisationFactory(slug="d")
    typed = {
        "coordinator": {"name": "Ana Veche", "email": "veche@exemplu.invalid", "phone": PHONE},
        "x": {"y": "Ana Veche"},
    }
    request = lodged(organisation=organisation, applicant=user, answers=typed)
    until = timezone.now() + timedelta(days=1)
    Invitation.objects.create(organisation=organisation, email="veche@exemplu.invalid", expires_at=until)
    remember(
        organisation, name="x", source="", target="", actor=None, reason="Ana Veche, prima@exemplu.invalid"
    )
    User.objects.filter(pk=user.pk).update(email="prima@exemplu.invalid")
    user.refresh_from_db()
    user.email, user.full_name = EMAIL, NAME
    user.save()
    UserFactory(email="prima@exemplu.invalid")
    shown = str(_facts(user, "Former names"))
    assert "Ana Veche" in shown
    assert "veche@exemplu.invalid" in shown

    assert erase(user) == []
    request.refresh_from_db()
    assert request.answers == {"x": {"y": "[…]"}}
    assert not Invitation.objects.exists()
    assert StateChange.objects.get(transition="x").reason == "[…], prima@exemplu.invalid"
    assert columns_holding("veche@exemplu.invalid", "Ana Veche", PHONE) == []


def test_a_claim_of_a_hidden_record_does_not_tell_its_name():
    user = UserFactory(email=EMAIL, full_name=NAME)
    hidden = OrganisationFactory(legal_name="Asociația Ascunsă", slug="ascunsa", register_status="draft")
    Submission.objects.create(
        kind=SubmissionKind.CLAIM,
        organisation=hidden,
        applicant=user,
        answers={"record": {"cui": "18547290"}},
    )
    text = str(_facts(user, "Requests that you lodged"))

    assert "Ascunsă" not in text
    assert "CUI 18547290" in text


def _facts(user: User, title: str) -> list[dict]:
    with override("en"):
        section = next(each for each in sections() if title in str(each.title))
        return [{str(key): str(value) for key, value in fact.items()} for fact in section.facts(user)]


def test_an_address_that_nobody_erases_is_named_by_its_column(caplog: pytest.LogCaptureFixture):
    """What an organisation says is not a person's record: it stays, and the erasure says where."""
    OrganisationFactory(summary=f"Scrieți la {EMAIL}.")
    OrganisationFactory(court=f"io{EMAIL}")

    assert erase(UserFactory(email=EMAIL, full_name=NAME)) == ["organisations_organisation.summary"]
    assert "organisations_organisation.summary" in caplog.text
