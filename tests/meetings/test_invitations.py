"""Invitations: whom they reach, each address once, answers at once, a structure's own members alone."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from core.accounts.choices import Role
from core.jobs import services as jobs
from core.jobs.models import Job
from core.messaging.choices import MessageStatus
from core.messaging.models import Message, NotificationPreference
from core.models import ExportLog
from meetings.choices import MeetingStatus, RegistrationSource, RegistrationStatus, Reply
from meetings.emails.invitations import CATEGORY
from meetings.links import invitation_path
from meetings.models import InvitationRound, Invitee, Meeting, Registration
from meetings.selectors.invitations import invitation_plan
from meetings.selectors.scopes import Scope
from meetings.services import inviting
from meetings.services.forgetting import forget_participant
from meetings.services.inviting import answer_invitation
from organisations.choices import ContactKind, MemberRole, Represents
from organisations.models import Membership, OrganisationContact, StructureMembership, StructureRepresentative
from tests.factories.accounts import UserFactory, sign_in, staff_client
from tests.factories.meetings import RegistrationFactory
from tests.factories.organisations import AssociativeStructureFactory, OrganisationFactory
from tests.factories.territory import CountyFactory, UatFactory
from tests.meetings.registering import open_videoconference, typed

pytestmark = pytest.mark.django_db


class World:
    """A videoconference for the region of Brașov: communes, a town, organisations, and what is elsewhere."""

    def __init__(self) -> None:
        self.bv, cj = CountyFactory(code="BV"), CountyFactory(code="CJ")
        conference = open_videoconference()
        conference.regions.set([self.bv.region])
        self.meeting = conference.meeting
        self.acor = AssociativeStructureFactory(acronym="ACoR", represents=Represents.COMMUNE)
        self.aor = AssociativeStructureFactory(acronym="AOR", represents=Represents.TOWN)
        self.bran = self.member(self.acor, "Bran", "bran@exemplu.invalid")
        self.silent = self.member(self.acor, "Fundata", "")
        self.rasnov = self.member(self.aor, "Râșnov", "rasnov@exemplu.invalid")
        self.member(self.acor, "Florești", "floresti@exemplu.invalid", county=cj)
        gone = self.member(self.acor, "Moieciu", "moieciu@exemplu.invalid")
        StructureMembership.objects.filter(pk=gone.pk).update(until=timezone.localdate() - timedelta(days=1))
        UatFactory(county=self.bv, name="Nicăieri")
        self.led = OrganisationFactory(in_county="BV", legal_name="Asociația Condusă")
        self.manager = UserFactory(email="Sefa@exemplu.invalid")
        Membership.objects.create(organisation=self.led, user=UserFactory(), role=MemberRole.MEMBER)
        Membership.objects.create(organisation=self.led, user=self.manager, role=MemberRole.MANAGER)
        shown = OrganisationFactory(in_county="BV")
        hidden = OrganisationFactory(in_county="BV")
        for organisation, public in ((shown, True), (hidden, False)):
            OrganisationContact.objects.create(
                organisation=organisation,
                kind=ContactKind.EMAIL,
                value=f"{'arata' if public else 'ascunde'}@exemplu.invalid",
                is_public=public,
            )
        OrganisationFactory(in_county="BV", recorded=True)
        OrganisationFactory(in_county="CJ")

    def member(self, structure, name, email, county=None, **fields):
        uat = UatFactory(county=county or self.bv, name=name, **fields)
        return StructureMembership.objects.create(structure=structure, uat=uat, email=email, source="proba")

    def url(self, tail: str = "invitatii/") -> str:
        return f"/intalniri/{self.meeting.pk}/{tail}"

    def speaker(self, structure=None) -> Client:
        user = UserFactory()
        StructureRepresentative.objects.create(structure=structure or self.acor, user=user)
        return sign_in(Client(), user)

    def send(self, client: Client, tail: str = "invitatii/", words: str = "Vă așteptăm."):
        page = client.post(self.url(tail), {"words": words, "actiune": "vezi"})
        assert page.status_code == 200, page.text
        seal = re.search(r'name="mesaj" value="(\w+)"', page.text)[1]
        return client.post(self.url(tail), {"words": words, "mesaj": seal, "actiune": "trimite"})

    def run(self) -> Job:
        job = Job.objects.latest("created_at")
        jobs.run(pk=str(job.pk))
        job.refresh_from_db()
        return job


@pytest.fixture
def world(db) -> World:
    return World()


ALL = ["arata@exemplu.invalid", "bran@exemplu.invalid", "rasnov@exemplu.invalid", "sefa@exemplu.invalid"]


def test_invitations_reach_the_region_once_and_answers_are_seen_at_once(world):
    client = staff_client(Role.EDITOR)
    page = client.get(world.url())
    plan = invitation_plan(world.meeting, Scope(None))
    assert sorted(each.email for each in plan.recipients) == ALL
    # Without: Fundata, the organisation that hides its address, and of no structure Moieciu, Nicăieri, the council.
    assert (plan.without, plan.outside, plan.invited) == (5, 3, 0)
    assert page.status_code == 200
    assert "bran@" not in page.text
    NotificationPreference.objects.create(
        address="arata@exemplu.invalid", category=CATEGORY.name, wanted=False
    )

    # Words that change the mail are shown anew; what was shown is what leaves.
    preview = client.post(world.url(), {"words": "**<b>Unu</b>**", "actiune": "vezi"})
    assert "&lt;b&gt;Unu" in preview.text or "&amp;lt;b&amp;gt;Unu" in preview.text
    assert client.post(world.url(), {"words": "Doi", "mesaj": "x", "actiune": "trimite"}).status_code == 409
    assert not Invitee.objects.exists()
    sent = world.send(client)
    assert sent.status_code == 302
    assert world.run().status == "done"
    assert sorted(Invitee.objects.values_list("email", flat=True)) == [e for e in ALL if "arata" not in e]
    mail = Message.objects.get(to="bran@exemplu.invalid")
    assert "Vă așteptăm." in mail.text
    assert "List-Unsubscribe" in mail.headers
    assert Message.objects.get(to="sefa@exemplu.invalid").user == world.manager
    assert InvitationRound.objects.get().sent_at

    # Nobody is asked twice; somebody new alone.
    assert client.post(world.url(), {"words": "", "actiune": "vezi"}).status_code == 409
    world.silent.email = "fundata@exemplu.invalid"
    world.silent.save()
    world.send(client)
    world.run()
    assert Message.objects.filter(kind="meetings.invitation").count() == 4

    # The answer: never by opening the page, changed as often as one likes.
    bran = Invitee.objects.get(email="bran@exemplu.invalid")
    path = invitation_path(bran)
    assert path in mail.text.replace("/en/", "/")
    visitor = Client()
    opened = visitor.get(path)
    assert opened.status_code == 200
    assert not opened.cookies
    bran.refresh_from_db()
    assert bran.reply == Reply.NONE
    assert visitor.get("/invitatii/inventat/").status_code == 404
    assert visitor.post(path, {"raspuns": "altceva"}).status_code == 422
    visitor.post(path, {"raspuns": "nu"})
    answers = client.get(world.url("raspunsuri/?stare=nu-vine"))
    assert "Bran" in answers.text.split("<tbody")[1]
    assert "Râșnov" not in answers.text.split("<tbody")[1].split("</tbody")[0]
    form = visitor.post(path, {"raspuns": "da"})
    assert form.url == f"{path}inscriere/"
    filled = visitor.get(form.url)
    assert 'value="bran@exemplu.invalid"' in filled.text
    assert 'value="Bran"' in filled.text

    # Registered by the invitation: the address is known, the source is kept, the answer is tied.
    answer = typed(email="bran@exemplu.invalid", participant_type="apl", locality="Bran")
    done = visitor.post(form.url, answer)
    assert done.status_code == 302, done.text
    registration = Registration.objects.get()
    bran.refresh_from_db()
    assert (registration.source, registration.status) == (
        RegistrationSource.INVITATION,
        RegistrationStatus.CONFIRMED,
    )
    assert registration.address_confirmed_at
    assert (bran.registration, bran.reply) == (registration, Reply.COMING)
    # A colleague's address has to be confirmed.
    rasnov = Invitee.objects.get(email="rasnov@exemplu.invalid")
    visitor.post(f"{invitation_path(rasnov)}inscriere/", {**answer, "email": "coleg@exemplu.invalid"})
    colleague = Registration.objects.get(email="coleg@exemplu.invalid")
    assert colleague.address_confirmed_at is None
    assert str(colleague.key.hex) not in visitor.get(invitation_path(rasnov)).text

    # Only those who were silent for three days are reminded, once more.
    assert client.post(world.url("invitatii/reamintire/"), {"actiune": "vezi"}).status_code == 409
    Message.objects.update(created_at=timezone.now() - timedelta(days=4))
    Message.objects.filter(to="fundata@exemplu.invalid").update(
        status=MessageStatus.FAILED, stopped_at=timezone.now(), next_attempt_at=None, stop_reason="refused"
    )
    world.send(client, "invitatii/reamintire/")
    assert world.run().status == "done"
    again = Message.objects.filter(kind="meetings.invitation_again")
    assert [each.to for each in again] == ["sefa@exemplu.invalid"]
    jobs.run(pk=str(Job.objects.latest("created_at").pk))
    assert client.post(world.url("invitatii/reamintire/"), {"actiune": "vezi"}).status_code == 409

    # The file is written down, and runs in no spreadsheet.
    Invitee.objects.filter(pk=bran.pk).update(name="=HYPERLINK(1)")
    file = client.post(world.url("raspunsuri/fisier"), {"format": "csv"})
    assert "'=HYPERLINK" in file.content.decode()
    assert client.post(world.url("raspunsuri/fisier"), {"format": "xlsx"}).status_code == 200
    assert client.post(world.url("raspunsuri/fisier"), {"format": "exe"}).status_code == 404
    assert ExportLog.objects.filter(what="meetings.invitations", rows=4).count() == 2

    Meeting.objects.filter(pk=world.meeting.pk).update(status=MeetingStatus.CANCELLED)
    assert visitor.post(invitation_path(rasnov), {"raspuns": "nu"}).status_code == 409


def test_a_killed_worker_leaves_each_invited_once(world, monkeypatch):
    monkeypatch.setattr(inviting, "BATCH", 1)
    client = staff_client(Role.EDITOR)
    world.send(client)
    # Pressed twice while it runs: one round.
    world.send(client)
    assert InvitationRound.objects.count() == 1
    job = Job.objects.get()
    real, seen = inviting.post_invitations, []

    def dies(*args):
        seen.append(args)
        if len(seen) == 3:
            raise SystemExit
        return real(*args)

    monkeypatch.setattr(inviting, "post_invitations", dies)
    with pytest.raises(SystemExit):
        jobs.run(pk=str(job.pk))
    assert Invitee.objects.count() == Message.objects.count() == 2
    Job.objects.update(heartbeat_at=timezone.now() - timedelta(hours=2))
    jobs.find_lost(now=timezone.now())
    jobs.run(pk=str(job.pk))
    job.refresh_from_db()
    assert job.status == "done"
    assert sorted(Message.objects.values_list("to", flat=True)) == ALL
    assert Invitee.objects.filter(message=None).count() == 0


def test_a_structure_asks_and_sees_its_own_members_alone(world):
    world.send(staff_client(Role.EDITOR))
    world.run()
    client, other = world.speaker(), sign_in(Client(), UserFactory())
    listed = client.get("/cont/invitatii/")
    assert world.url() in listed.text
    assert other.get("/cont/invitatii/").status_code == 404
    for tail in ("invitatii/", "invitatii/adrese/", "invitatii/reamintire/", "raspunsuri/"):
        page = client.get(world.url(tail))
        assert page.status_code == 200, tail
        assert "Râșnov" not in page.text
        assert "Asociația Condusă" not in page.text
        assert other.get(world.url(tail)).status_code == 404
    assert "Bran" in client.get(world.url("raspunsuri/")).text
    assert client.get(world.url(f"invitatii/adrese/{world.rasnov.pk}/")).status_code == 404
    assert client.get(world.url("inscrisi/")).status_code == 404
    file = client.post(world.url("raspunsuri/fisier"), {"format": "csv"}).content.decode()
    assert "bran@" in file
    assert "rasnov@" not in file

    # The round says who asks; the team's own invitations are not repeated.
    client.post(world.url(f"invitatii/adrese/{world.silent.pk}/"), {"email": "Fundata@Exemplu.invalid"})
    world.send(client)
    world.run()
    mail = Message.objects.get(to="fundata@exemplu.invalid")
    assert world.acor.name in mail.text
    assert InvitationRound.objects.latest("pk").structure == world.acor

    Meeting.objects.update(status=MeetingStatus.DRAFT)
    assert client.get(world.url()).status_code == 404


def test_many_addresses_at_once_are_read_before_they_are_kept(world):
    client = world.speaker()
    twin = [world.member(world.acor, "Poiana", "", slug=f"poiana-{n}") for n in range(2)]
    code = world.silent.uat.code
    lines = "\n".join(
        [
            "SIRUTA;adresa",
            f"{code};primaria.fundata@exemplu.invalid",
            "comuna BRAN;noua@exemplu.invalid",
            "Poiana;poiana@exemplu.invalid",
            "Râșnov;furat@exemplu.invalid",
            "Bran;a@exemplu.invalid",
            '=cmd|" /C calc"!A0;x',
            "\u202eFundata;<script>alert(1)</script>",
            "fara adresa",
        ]
    )
    url = world.url("invitatii/adrese/")
    checked = client.post(url, {"lines": lines})
    assert checked.status_code == 200
    assert "<script>alert" not in checked.text
    hidden = re.search(r'name="randuri" value="([^"]*)"', checked.text)[1]
    assert hidden.count(";") == 2
    world.silent.refresh_from_db()
    assert world.silent.email == ""
    # A key of somebody else's member does nothing.
    client.post(url, {"randuri": f"{hidden}\n{world.rasnov.pk};furat@exemplu.invalid"})
    for member in (world.silent, world.bran, world.rasnov, *twin):
        member.refresh_from_db()
    assert world.silent.email == "primaria.fundata@exemplu.invalid"
    assert world.bran.email == "noua@exemplu.invalid"
    assert world.rasnov.email == "rasnov@exemplu.invalid"
    assert {each.email for each in twin} == {""}

    file = SimpleUploadedFile("a.csv", f"{code}\tdin-fisier@exemplu.invalid\n".encode("utf-16"))
    assert "din-fisier@" in client.post(url, {"file": file}).text
    for wrong in ({}, {"lines": "\x00"}, {"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04nimic")}):
        assert client.post(url, wrong).status_code == 422, wrong
    assert client.post(url, {"randuri": f"{world.bran.pk};nimic"}).status_code == 404


def test_an_erased_person_is_no_authority_any_more(world):
    forget_participant(user=UserFactory(email="bran@exemplu.invalid"))
    world.bran.refresh_from_db()
    assert world.bran.email == ""


def test_an_answer_and_a_registration_by_another_way_stop_the_reminder(world):
    world.send(staff_client(Role.EDITOR))
    world.run()
    Message.objects.update(created_at=timezone.now() - timedelta(days=4))
    RegistrationFactory(meeting=world.meeting, email="rasnov@exemplu.invalid")
    answer_invitation(invitee=Invitee.objects.get(email="bran@exemplu.invalid"), reply=Reply.NOT_COMING)
    client = staff_client(Role.EDITOR)
    world.send(client, "invitatii/reamintire/")
    world.run()
    again = Message.objects.filter(kind="meetings.invitation_again").order_by("to")
    assert [each.to for each in again] == ["arata@exemplu.invalid", "sefa@exemplu.invalid"]
