"""Mail to those who registered, each once; recording, materials and opinions after a gathering."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from core.accounts.choices import Role
from core.jobs import services as jobs
from core.jobs.models import Job
from core.messaging.models import Message
from meetings.choices import MeetingStatus, PresenceSource
from meetings.links import registration_path
from meetings.models import Attendance, Material, MeetingFeedback, Recording, RegistrantMail
from meetings.selectors.mailing import registrations_in
from meetings.services import mailing
from tests.factories.accounts import UserFactory, sign_in, staff_client
from tests.factories.meetings import RegistrationFactory
from tests.meetings.registering import open_videoconference

pytestmark = pytest.mark.django_db


def test_mail_to_registrants_is_shown_then_sent_once_to_each(monkeypatch):
    monkeypatch.setattr(mailing, "BATCH", 2)
    meeting = open_videoconference().meeting
    places = [RegistrationFactory(meeting=meeting, language="en" if n == 2 else "ro") for n in range(3)]
    waits = RegistrationFactory(meeting=meeting, waiting=True)
    gone = RegistrationFactory(meeting=meeting, ended=True)
    RegistrationFactory(meeting=meeting, ended=True, email=places[0].email)
    Attendance.objects.create(registration=places[0], source=PresenceSource.TICKED)
    groups = {
        "confirmed": places,
        "waiting": [waits],
        "cancelled": [gone],
        "present": places[:1],
        "absent": places[1:],
    }
    for group, people in groups.items():
        assert list(registrations_in(meeting, [group])) == people, group

    url, client = f"/intalniri/{meeting.pk}/mesaje/", staff_client(Role.EDITOR)
    assert sign_in(Client(), UserFactory()).get(url).status_code == 404
    wrong = client.post(
        url, {"groups": ["confirmed"], "subject": "S {nimic}", "text": "{", "actiune": "vezi"}
    )
    assert wrong.status_code == 422
    assert "{nimic}" in wrong.text
    said = {
        "groups": ["confirmed", "waiting"],
        "subject": "Despre {meeting}",
        "text": "Veniți <b>devreme</b>.\n\n[Pagina]({link})",
    }
    preview = client.post(url, {**said, "actiune": "vezi"})
    seal = re.search(r'name="mesaj" value="(\w+)"', preview.text)[1]
    assert client.post(url, {**said, "text": "Altul", "mesaj": seal, "actiune": "trimite"}).status_code == 409
    assert not RegistrantMail.objects.exists()
    first = client.post(url, {**said, "mesaj": seal, "actiune": "trimite"})
    again = client.post(url, {**said, "mesaj": seal, "actiune": "trimite"})
    assert first.url == again.url
    job = Job.objects.get()

    real, seen = mailing.post_written, []

    def dies(*args):
        seen.append(args)
        if len(seen) == 2:
            raise SystemExit
        real(*args)

    monkeypatch.setattr(mailing, "post_written", dies)
    with pytest.raises(SystemExit):
        jobs.run(pk=str(job.pk))
    Job.objects.update(heartbeat_at=timezone.now() - timedelta(hours=2))
    jobs.find_lost(now=timezone.now())
    jobs.run(pk=str(job.pk))
    sent = Message.objects.filter(kind="meetings.written")
    assert sorted(sent.values_list("to", flat=True)) == sorted(each.email for each in [*places, waits])
    mail = sent.get(to=places[1].email)
    assert registration_path(places[1]) in mail.text.replace("/en/", "/")
    assert "<b>" not in mail.html
    assert "Despre" in client.get(url).text


def test_what_remains_is_for_everybody_or_for_those_who_took_part(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    conference = open_videoconference(days=-1, status=MeetingStatus.HELD)
    meeting, client = conference.meeting, staff_client(Role.EDITOR)
    url = f"/intalniri/{meeting.pk}/dupa/"
    assert sign_in(Client(), UserFactory()).get(url).status_code == 404
    assert client.get(url).status_code == 200
    recording = {"actiune": "inregistrare", "url": "https://video.example.org/r", "transcript": ""}
    assert client.post(url, recording).status_code == 422
    assert client.post(url, {**recording, "url": "javascript:alert(1)"}).status_code == 422
    client.post(url, {**recording, "transcript": "Bună ziua. <script>x</script>"})
    file = SimpleUploadedFile("a.txt", b"Text")
    assert client.post(url, {"actiune": "material", "title": "M", "file": file}).status_code == 302
    fake = SimpleUploadedFile("a.pdf", b"<html>")
    assert client.post(url, {"actiune": "material", "title": "M", "file": fake}).status_code == 422
    assert client.post(url, {"actiune": "material", "title": "M"}).status_code == 422
    material = Material.objects.get()
    assert client.get(f"{url}{material.pk}/").status_code == 200

    person = RegistrationFactory(meeting=meeting)
    gone = RegistrationFactory(meeting=meeting, ended=True)
    own, visitor = registration_path(person), Client()
    public = visitor.get(conference.get_absolute_url()).text
    assert "video.example.org/r" not in public
    page = visitor.get(own).text
    assert f"{own}inregistrare/" in page
    assert f"{own}materiale/{material.pk}/" in page
    shown = visitor.get(f"{own}inregistrare/").text
    assert "Bună ziua. &lt;script&gt;" in shown
    assert visitor.get(f"{own}materiale/{material.pk}/").status_code == 200
    for tail in ("inregistrare/", f"materiale/{material.pk}/"):
        assert visitor.get(registration_path(gone) + tail).status_code == 404
    client.post(url, {**recording, "transcript": "Bună.", "recording_is_public": "on"})
    assert Recording.objects.get().is_public
    assert "video.example.org/r" in client.get(conference.get_absolute_url()).text
    client.post(url, {"actiune": "sterge", "numar": material.pk})
    client.post(url, {"actiune": "inregistrare", "url": "", "transcript": ""})
    assert not Material.objects.exists()
    assert not Recording.objects.exists()


def test_opinions_are_kept_without_the_person_and_shown_from_five_on():
    meeting = open_videoconference(days=-1, status=MeetingStatus.HELD).meeting
    client, visitor = staff_client(Role.EDITOR), Client()
    said = {"usefulness": "5", "organisation": "3", "learned": "Am aflat <b>multe</b>", "improve": ""}
    for number in range(1, 6):
        person = RegistrationFactory(meeting=meeting)
        url = f"{registration_path(person)}parere/"
        assert visitor.get(url).status_code == 200
        assert visitor.post(url, {**said, "usefulness": "6"}).status_code == 422
        assert visitor.post(url, {**said, "learned": f"Text {number} \x00"}).status_code in (302, 422)
        visitor.post(url, {**said, "learned": f"Text {number}"})
        assert visitor.post(url, said).status_code == 409
        assert MeetingFeedback.objects.count() == number
        results = client.get(f"/intalniri/{meeting.pk}/dupa/").text
        assert ("5,0" in results) == (number == 5)
        assert ("Text 1" in results) == (number == 5)
    # Nothing of an opinion leads to a person, and no day says when it was given.
    names = {field.name for field in MeetingFeedback._meta.get_fields()}
    assert names == {"id", "meeting", "usefulness", "organisation", "learned", "improve", "given_on"}
    assert set(MeetingFeedback.objects.values_list("given_on", flat=True)) == {meeting.on_date}

    for refused in (
        RegistrationFactory(meeting=meeting, ended=True),
        RegistrationFactory(meeting=meeting, waiting=True),
        RegistrationFactory(meeting=open_videoconference(days=3).meeting),
        RegistrationFactory(meeting=open_videoconference(days=-40).meeting),
    ):
        assert visitor.post(f"{registration_path(refused)}parere/", said).status_code == 409
    assert MeetingFeedback.objects.count() == 5
