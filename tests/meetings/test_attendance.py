"""The tick list, and people of reports: matched, doubtful, decided, added up."""

import time
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from core.accounts.choices import Role
from core.jobs import services as jobs
from core.jobs.models import Job
from meetings.choices import NO_ADDRESS, LineStatus, PresenceSource, RegistrationSource, RegistrationStatus
from meetings.imports.reading import FOLDER, clear_files
from meetings.models import Attendance, AttendanceImport, AttendanceLine, Registration
from meetings.selectors.mailing import registrations_in
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.meetings import RegistrationFactory
from tests.factories.videoconferences import VideoconferenceFactory
from tests.meetings.platform_reports import DAY, SHAPES, ZOOM, ZOOM_PLAIN

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    start = timezone.make_aware(timezone.datetime(2026, 11, 18, 10), timezone.get_current_timezone())
    conference = VideoconferenceFactory(
        meeting__on_date=DAY, meeting__starts_at=start, meeting__ends_at=start + timedelta(hours=2)
    )
    return conference.meeting


@pytest.fixture
def editor():
    return UserFactory(roles=[Role.EDITOR])


@pytest.fixture
def team(client, editor):
    return sign_in(client, editor)


def bring(team: Client, meeting, content: str | bytes, name: str = "raport.csv"):
    """Sends the file and does the job; the answer of the page, and the job when there is one."""
    raw = content.encode() if isinstance(content, str) else content
    address = f"/intalniri/{meeting.pk}/prezenta/raport/"
    response = team.post(address, {"file": SimpleUploadedFile(name, raw)})
    if response.status_code != 302:
        return response, None
    job = Job.objects.latest("created_at")
    jobs.run(pk=str(job.pk))
    job.refresh_from_db()
    return response, job


def present(meeting) -> dict[str, tuple[str, int | None]]:
    found = Attendance.objects.filter(registration__meeting=meeting)
    return {
        each.registration.name: (each.source, each.seconds) for each in found.select_related("registration")
    }


def test_ticks_are_kept_and_two_people_lose_nothing(team, meeting):
    address = f"/intalniri/{meeting.pk}/prezenta/"
    ana, ion, eva = (
        RegistrationFactory(meeting=meeting, name=name) for name in ("Ana Pop", "Ion Dan", "Eva Rus")
    )
    RegistrationFactory(meeting=meeting, name="Ștefan Așteaptă", waiting=True)
    RegistrationFactory(meeting=meeting, name="Retras", ended=True)
    page = team.get(address).text
    assert page.index("Ana Pop") < page.index("Eva Rus") < page.index("Ion Dan")
    assert "Așteaptă" not in page
    assert "Retras<" not in page
    shown = [ana.pk, ion.pk, eva.pk]
    # Two people open the same page; each ticks another person.
    team.post(address, {"shown": shown, "here": [ana.pk]})
    team.post(address, {"shown": shown, "here": [ion.pk], "pagina": "2"})
    assert present(meeting) == {"Ana Pop": ("ticked", None), "Ion Dan": ("ticked", None)}
    # One takes back what the page showed; what it did not show stays.
    team.post(address, {"shown": shown, "was": [ana.pk]})
    assert present(meeting) == {"Ion Dan": ("ticked", None)}
    # By htmx, a row at once, with the counts.
    row = f"{address}{eva.pk}/"
    answer = team.post(row, {"here": [eva.pk, ana.pk]}, headers={"hx-request": "true"})
    assert "checked" in answer.text
    assert "hx-swap-oob" in answer.text
    assert set(present(meeting)) == {"Ion Dan", "Eva Rus"}
    team.post(row, headers={"hx-request": "true"})
    assert set(present(meeting)) == {"Ion Dan"}
    # Nothing of another gathering, nor of nonsense.
    other = RegistrationFactory()
    team.post(address, {"shown": [other.pk, "x", "9" * 30], "here": [other.pk, "\x00", "9" * 30]})
    assert team.post(f"{address}{other.pk}/", {"here": other.pk}).status_code == 404
    assert not Attendance.objects.filter(registration=other).exists()
    assert "Eva Rus" not in team.get(address, {"q": "ion"}).text.split("<table")[1]
    assert "Ion Dan" not in team.get(address, {"prezenta": "nu"}).text.split("<table")[1]


def test_somebody_who_came_without_registration_is_added(team, meeting):
    address = f"/intalniri/{meeting.pk}/prezenta/adauga/"
    assert team.get(address).status_code == 200
    assert team.post(address, {}).status_code == 422
    said = {"name": "Mia Nou", "participant_type": "ong", "level": "local", "county": "", "email": ""}
    assert team.post(address, said).status_code == 302
    added = Registration.objects.get(name="Mia Nou")
    assert (added.source, added.status) == (RegistrationSource.ON_THE_DAY, RegistrationStatus.CONFIRMED)
    waiting = RegistrationFactory(meeting=meeting, name="Vlad", email="vlad@exemplu.invalid", waiting=True)
    team.post(address, {**said, "email": "VLAD@exemplu.invalid"})
    waiting.refresh_from_db()
    assert (waiting.status, waiting.name, waiting.held_until) == (RegistrationStatus.CONFIRMED, "Vlad", None)
    assert set(present(meeting)) == {"Mia Nou", "Vlad"}
    # Nothing is sent to whoever left no address.
    assert added.email.endswith(NO_ADDRESS)
    assert list(registrations_in(meeting, ["confirmed"])) == [waiting]


def test_a_report_is_matched_added_up_and_read_once(team, meeting):
    ana = RegistrationFactory(meeting=meeting, name="Ana-Maria Pop", email="ana@exemplu.invalid")
    RegistrationFactory(meeting=meeting, name="Ștefan Ionescu")
    Attendance.objects.create(registration=ana, source=PresenceSource.CHECK_IN)
    _page, job = bring(team, meeting, ZOOM)
    assert job.status == "done", job.error
    assert "Pop" not in str(job.result) + str(job.arguments)
    both = {"Ana-Maria Pop": ("check-in", 6120), "Ștefan Ionescu": ("report", 3600)}
    assert present(meeting) == both
    again, none = bring(team, meeting, ZOOM, "altfel.csv")
    assert again.status_code == 422
    assert none is None
    # The same meeting in another shape: the same minutes, once.
    bring(team, meeting, ZOOM_PLAIN)
    bring(team, meeting, SHAPES["zoom unique"][1])
    assert present(meeting) == both
    # A second part, after a break, adds up.
    bring(team, meeting, ZOOM_PLAIN.replace("18 11:00:00,2026-11-18 12", "18 13:00:00,2026-11-18 14"))
    assert present(meeting)["Ana-Maria Pop"] == ("check-in", 6120 + 3600)
    assert AttendanceImport.objects.count() == 4
    listed = team.get(f"/intalniri/{meeting.pk}/prezenta/raport/persoane/?arata=toti")
    assert "ana@exemplu.invalid" in listed.text


@pytest.mark.parametrize("killed_at", ["erasing the file", "the end"])
def test_a_worker_killed_after_the_commit_is_told_what_was_done(killed_at, team, meeting, monkeypatch):
    RegistrationFactory(meeting=meeting, name="Ștefan Ionescu")

    def kill(*_anything):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(*((jobs, "_finish") if killed_at == "the end" else (default_storage, "delete")), kill)
        with pytest.raises(KeyboardInterrupt):
            bring(team, meeting, ZOOM)
    job = Job.objects.get()
    assert (job.status, default_storage.exists(job.arguments["path"])) == ("running", killed_at != "the end")
    assert AttendanceImport.objects.count() == 1
    Job.objects.update(heartbeat_at=timezone.now() - timedelta(hours=1))
    assert jobs.find_lost(now=timezone.now()) == 1
    jobs.run(pk=str(job.pk))

    job.refresh_from_db()
    assert (job.status, job.error) == ("done", "")
    assert job.result["facts"][:3] == [
        ["Platforma", "Zoom"],
        ["Oameni", "2"],
        ["Potrivite cu o înscriere", "1"],
    ]
    assert not default_storage.exists(job.arguments["path"])
    assert present(meeting) == {"Ștefan Ionescu": ("report", 3600)}


def test_files_that_nobody_will_read_are_erased_by_night(team, meeting, monkeypatch):
    monkeypatch.setattr(jobs, "run", lambda **_which: None)
    _page, job = bring(team, meeting, ZOOM)
    left = default_storage.save(f"{FOLDER}/ramas.csv", ContentFile(b"x"))
    tomorrow = timezone.now() + timedelta(days=2)
    assert clear_files(now=timezone.now()) == 0
    assert clear_files(now=tomorrow) == 1
    assert not default_storage.exists(left)
    jobs.ask_to_stop(job=job, actor=job.owner)
    assert clear_files(now=tomorrow) == 1
    assert not default_storage.exists(job.arguments["path"])


MANY = """Name,Email,Duration (Minutes)
Pop Ion,,10
A. Dobre,,20
Marian Radu,,30
Elena Stancu,,40
iPhone,,50
Dan Luca,dan1@exemplu.invalid,60
Dan Luca,dan2@exemplu.invalid,61
Ana Micu - Primăria Deva,,70
"""


def test_doubtful_people_wait_and_decisions_stay(team, meeting, editor):
    for name in (
        "Ion Pop",
        "Ana Dobre",
        "Radu Marian",
        "Marian Radu",
        "Elena Stanciu",
        "Dan Luca",
        "Ana Micu",
    ):
        RegistrationFactory(meeting=meeting, name=name)
    _page, job = bring(team, meeting, MANY)
    assert job.status == "done", job.error
    lines = {(line.name, line.email): line for line in AttendanceLine.objects.all()}
    status = {key[0]: line.outcome for key, line in lines.items()}
    assert status == {
        "Pop Ion": "matched",
        "A. Dobre": "matched",
        "Marian Radu": "doubtful",
        "Elena Stancu": "doubtful",
        "iPhone": "unknown",
        "Dan Luca": "doubtful",
        "Ana Micu - Primăria Deva": "matched",
    }
    people = f"/intalniri/{meeting.pk}/prezenta/raport/persoane/"
    page = team.get(people).text
    assert "Elena Stanciu" in page
    assert "Pop Ion" not in page
    by_name = {each.name: each for each in Registration.objects.all()}
    where = f"/intalniri/{meeting.pk}/prezenta/raport"
    elena, phone = lines["Elena Stancu", ""], lines["iPhone", ""]
    for _twice in range(2):
        team.post(f"{where}/{elena.pk}/", {"cine": by_name["Elena Stanciu"].pk})
        team.post(f"{where}/{phone.pk}/", {"cine": "nimeni"})
    assert present(meeting)["Elena Stanciu"] == ("report", 2400)
    # Changed: the first is no longer there, the other is.
    team.post(f"{where}/{elena.pk}/", {"cine": "", "adresa": by_name["Radu Marian"].email.upper()})
    assert "Elena Stanciu" not in present(meeting)
    assert present(meeting)["Radu Marian"] == ("report", 2400)
    elena.refresh_from_db()
    assert elena.decided_by == editor
    # Nobody of another gathering, nothing without a choice.
    for wrong in (
        {"cine": RegistrationFactory().pk},
        {},
        {"cine": "\x00"},
        {"adresa": "\x00@x"},
        {"cine": "9" * 40},
    ):
        team.post(f"{where}/{lines['Marian Radu', ''].pk}/", wrong)
    lines["Marian Radu", ""].refresh_from_db()
    assert lines["Marian Radu", ""].outcome == LineStatus.DOUBTFUL
    # Registered from the report.
    register = f"{where}/{lines['Dan Luca', 'dan2@exemplu.invalid'].pk}/inscriere/"
    assert "dan2@exemplu.invalid" in team.get(register).text
    said = {"name": "Dan Luca", "email": "dan2@exemplu.invalid", "participant_type": "apl", "level": "local"}
    assert team.post(register, said).status_code == 302
    assert Attendance.objects.get(registration__email="dan2@exemplu.invalid").seconds == 61 * 60
    # A later report of the same people keeps the decisions.
    bring(team, meeting, MANY.replace("iPhone,,50", "iPhone,,5"))
    report = AttendanceImport.objects.latest("pk")
    assert report.lines.get(name="iPhone").outcome == LineStatus.LEFT_OUT
    assert report.lines.get(name="Elena Stancu").registration == by_name["Radu Marian"]


def test_a_broken_report_saves_nothing_and_is_the_teams_alone(team, client, meeting):
    RegistrationFactory(meeting=meeting, name="Ana Pop", email="ana@exemplu.invalid")
    page, job = bring(team, meeting, ZOOM_PLAIN + "Altul,,18.11.2026 10:00,nimic,3,Da\n")
    assert page.status_code == 422
    assert job is None
    assert "5" in page.text
    for content in (b"", b"PK\x03\x04abc", b"x\x00y", b"\xff\xfea"):
        assert bring(team, meeting, content)[0].status_code == 422
    assert team.post(f"/intalniri/{meeting.pk}/prezenta/raport/", {}).status_code == 422
    assert not AttendanceImport.objects.exists()
    assert not Attendance.objects.exists()
    stranger = sign_in(Client(), UserFactory())
    for page in ("prezenta/", "prezenta/adauga/", "prezenta/raport/", "prezenta/raport/persoane/"):
        assert stranger.get(f"/intalniri/{meeting.pk}/{page}").status_code == 404
        assert Client().get(f"/intalniri/{meeting.pk}/{page}").status_code == 302


def test_five_thousand_lines_take_seconds(team, meeting):
    base = RegistrationFactory.build(meeting=meeting)
    first = ("Ana", "Ion", "Maria", "Vasile", "Elena", "Radu", "Ioana", "Mihai", "Dana", "Petru")
    names = [
        f"{first[n % 10]} {first[n // 10 % 10]}escu {chr(97 + n % 23)}{chr(97 + n % 7)}o{n}"
        for n in range(2500)
    ]
    Registration.objects.bulk_create(
        Registration(
            meeting=meeting,
            name=name,
            email=f"p{n}@exemplu.invalid",
            participant_type=base.participant_type,
            sector=base.sector,
            level=base.level,
            status=base.status,
            confirmed_at=timezone.now(),
            address_confirmed_at=timezone.now(),
        )
        for n, name in enumerate(names)
    )
    lines = ["Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest"]
    for n in range(5000):
        who = names[n // 2] if n < 4000 else f"Necunoscut {first[n % 10]} {n}"
        mail = f"p{n // 2}@exemplu.invalid" if n < 2000 else ""
        start = f"11/18/2026 {9 + n % 2 * 1:02}:00:00 AM"
        lines.append(f"{who},{mail},{start},11/18/2026 11:30:00 AM,90,Yes")
    began = time.process_time()
    _page, job = bring(team, meeting, "\n".join(lines))
    took = time.process_time() - began
    assert job.status == "done", job.error
    assert Attendance.objects.count() >= 2000
    assert AttendanceLine.objects.count() == 3000
    assert took < 10, took
