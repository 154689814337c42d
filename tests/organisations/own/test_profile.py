"""What is live at once, what goes to the registry's team, and the history of both."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from organisations.choices import ContactKind, NameKind, SubmissionStatus
from organisations.models import OrganisationChange, Submission
from organisations.selectors.own_history import history_of
from organisations.services.moderation import decide_submission
from tests.factories.accounts import UserFactory


def sections(own, **answers):
    """Sends sections as a member; the answers must be good."""
    for word, sent in answers.items():
        answer = own.as_member.post(own.page("own_section", word), sent)
        assert answer.status_code == 302, (word, answer.content.decode())
    own.organisation.refresh_from_db()
    return own.organisation


def test_a_member_changes_the_profile_at_once(own):
    record = sections(
        own,
        domenii={"domains": ["domeniu-1"], "summary": "Ajutăm vârstnicii."},
        beneficiari={"beneficiaries": ["grup-1", "grup-2"], "goals": ["odd-1"]},
        activitate={"level": "judetean", "counties": ["BV"]},
        contacte={"email": "birou@exemplu.ro", "email_public": "on", "phone": "0723 123 456"},
        coordonator={"name": "Ioana Coordonatoare", "email": "ioana@exemplu.ro"},
        nume={"names": "Mâini\nMAINI\u200f  Întinse\nMâini"},
    )
    assert (record.summary, record.level) == ("Ajutăm vârstnicii.", "judetean")
    assert record.domains.get().code == "domeniu-1"
    assert record.beneficiaries.count() == 2
    assert record.activity_counties.get().code == "BV"
    assert record.contacts.get(kind=ContactKind.PHONE).value == "+40723123456"
    assert not record.contacts.get(kind=ContactKind.PHONE).is_public
    assert record.contacts.get(kind=ContactKind.EMAIL).is_public
    assert record.coordinator.name == "Ioana Coordonatoare"
    assert {name.name for name in record.names.all()} == {"Mâini", "MAINI Întinse"}
    told = set(OrganisationChange.objects.values_list("subject", flat=True))
    assert told == {"domains", "beneficiaries", "goals", "counties", "contacts", "coordinator", "names"}
    # The same again is no change; the history keeps no personal text.
    count = OrganisationChange.objects.count()
    sections(own, coordonator={"name": "Ioana Coordonatoare", "email": "ioana@exemplu.ro"}, contacte={
        "email": "birou@exemplu.ro", "email_public": "on", "phone": "+40723123456"})  # fmt: skip
    assert OrganisationChange.objects.count() == count
    record = sections(own, coordonator={"name": ""}, contacte={"email": "alt@exemplu.ro"})
    assert not hasattr(type(record).objects.get(pk=record.pk), "coordinator")
    assert record.contacts.get().value == "alt@exemplu.ro"
    kept = "".join(f"{change.before}{change.after}" for change in OrganisationChange.objects.all())
    assert "Ioana" not in kept
    assert "exemplu.ro" not in kept


def test_history_says_who_and_what(own):
    sections(own, domenii={"domains": ["domeniu-1"], "summary": "Una."})
    sections(own, domenii={"domains": ["domeniu-2"], "summary": "Alta."})
    editor = UserFactory(full_name="Elena Editoarea")
    record = own.organisation
    record.acronym, record._history_user = "AMI", editor
    record.save()
    seen = own.as_member.get(own.page("own_history")).content.decode()
    assert "Mihai Membru" in seen
    assert "Domeniul domeniu-1 → Domeniul domeniu-2" in seen
    assert "Una. → Alta." in seen
    assert "– → AMI" in seen
    # Staff are one team here.
    assert "Elena Editoarea" not in seen
    assert "echipa evidenței" in seen
    assert "Maria Manager a venit" in seen
    moments = [entry.at for entry in history_of(record)]
    assert moments == sorted(moments, reverse=True)
    assert own.as_member.get(own.page("own_history"), {"pagina": "9999999"}).status_code == 200


@pytest.mark.parametrize(
    ("word", "sent", "kept"),
    [
        ("domenii", {"domains": "nimic", "summary": "a\0b" * 10}, "abab"),
        ("domenii", {"domains": "domeniu-1", "summary": "x" * 10_000}, "x" * 10_000),
        ("contacte", {"email": "fără arond", "phone": "12"}, "fără arond"),
        ("contacte", {"email": "a@exemplu.ro", "website": "javascript:alert(1)"}, "javascript:alert(1)"),
        ("nume", {"names": "n" * 10_000}, "n" * 10_000),
        ("activitate", {"level": "cosmic"}, ""),
        ("coordonator", {"phone": "0723 123 456"}, "0723 123 456"),
    ],
)
def test_what_cannot_be_comes_back_as_it_was_typed(own, word, sent, kept):
    answer = own.as_manager.post(own.page("own_section", word), sent)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "error-summary" in text
    assert kept in text
    assert OrganisationChange.objects.count() == 0
    assert own.as_manager.get(own.page("own_section", "nimic")).status_code == 404


def test_the_logo_is_drawn_again_shown_and_taken_away(own):
    drawn = BytesIO()
    Image.new("RGB", (1200, 600), "navy").save(drawn, "PNG")
    page = own.page("own_logo")
    bad = SimpleUploadedFile("logo.png", b"<svg onload=alert(1)>", "image/png")
    assert own.as_member.post(page, {"logo": bad}).status_code == 422
    assert own.as_member.post(page, {}).status_code == 422
    good = SimpleUploadedFile("logo.png", drawn.getvalue(), "image/png")
    assert own.as_member.post(page, {"logo": good}).status_code == 302
    own.organisation.refresh_from_db()
    shown = own.as_member.get(own.page("own_logo_file"))
    with Image.open(BytesIO(b"".join(shown.streaming_content))) as picture:
        assert max(picture.size) == 800
    assert own.as_stranger.get(own.page("own_logo_file")).status_code == 404
    assert own.as_member.post(page, {"action": "remove"}).status_code == 302
    own.organisation.refresh_from_db()
    assert not own.organisation.logo
    assert own.as_member.get(own.page("own_logo_file")).status_code == 404


IDENTITY = {
    "legal_name": "Asociația Mâini Întinse Brașov",
    "legal_form": "asociatie",
    "cui": "18547290",
    "county": "BV",
    "locality": "Brașov",
    "note": "Hotărârea 12/2026.",
}


def test_identity_waits_for_the_registrys_team(own):
    page = own.page("own_identity")
    unchanged = {**IDENTITY, "legal_name": own.organisation.legal_name}
    answer = own.as_manager.post(page, unchanged)
    assert "nu aveți ce trimite" in answer.content.decode()
    wrong = own.as_manager.post(page, {**IDENTITY, "cui": "123", "county": "", "legal_name": "Ț" * 5_000})
    assert wrong.status_code == 422
    assert "Ț" * 5_000 in wrong.content.decode()
    assert Submission.objects.count() == 0

    own.as_manager.post(own.page("own_section", "nume"), {"names": "Mâini"})
    assert own.as_manager.post(page, IDENTITY).status_code == 302
    change = Submission.objects.get()
    assert (change.status, change.applicant, change.note) == ("lodged", own.manager, "Hotărârea 12/2026.")
    own.organisation.refresh_from_db()
    assert own.organisation.legal_name == "Asociația Mâini Întinse"
    seen = own.as_manager.get(page).content.decode()
    assert "Asociația Mâini Întinse Brașov" in seen
    assert "Retrageți modificarea" in seen
    # One change at a time; other names stay live and are not brought back by it.
    assert own.as_manager.post(page, IDENTITY).status_code == 422
    own.as_manager.post(own.page("own_section", "nume"), {"names": "Alt nume"})
    decide_submission(submission=change, step="accept", actor=UserFactory(roles=["editor"]))
    own.organisation.refresh_from_db()
    assert own.organisation.legal_name == IDENTITY["legal_name"]
    names = set(own.organisation.names.values_list("name", "kind"))
    assert names == {("Alt nume", NameKind.ALIAS), ("Asociația Mâini Întinse", NameKind.HISTORIC)}
    told = [entry.headline for entry in history_of(own.organisation)]
    assert "Modificarea identității a fost acceptată" in told
    assert "O modificare a identității a fost trimisă echipei evidenței" in told


def test_a_change_is_withdrawn_by_any_manager(own):
    own.as_manager.post(own.page("own_identity"), IDENTITY)
    own.organisation.memberships.filter(user=own.member).update(role="manager")
    assert own.as_member.post(own.page("own_identity_withdraw")).status_code == 302
    assert Submission.objects.get().status == SubmissionStatus.WITHDRAWN
    assert own.as_member.post(own.page("own_identity_withdraw")).status_code == 302
    assert own.as_member.post(own.page("own_identity"), IDENTITY).status_code == 302
    assert Submission.objects.filter(status=SubmissionStatus.LODGED).get().applicant == own.member
