"""The closing event and promoters' meetings: who sees them, registration, steps in the admin, odd nights in feeds."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from core.accounts.choices import Role
from core.messaging.models import Message
from meetings.choices import MeetingKind, MeetingStatus
from meetings.homes import home_of
from meetings.models import Material, Meeting, Recording
from organisations.choices import MemberRole
from organisations.models import Membership
from programmes.models import ClosingEvent, Mandate, PromotersMeeting
from tests.factories.accounts import UserFactory, sign_in, staff_client
from tests.factories.meetings import MeetingFactory, RegistrationFactory
from tests.factories.organisations import MembershipFactory, OrganisationFactory
from tests.factories.programmes import EditionFactory
from tests.factories.videoconferences import VideoconferenceFactory

pytestmark = pytest.mark.django_db
START = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=20)


def a_meeting(kind: str, **fields: object) -> Meeting:
    values = {"starts_at": START, "on_date": timezone.localdate(START), "kind": kind}
    return MeetingFactory(**{**values, **fields})


def test_the_closing_event_is_public_once_it_is_announced(client: Client) -> None:
    event = ClosingEvent.objects.create(
        edition=EditionFactory(year=2027),
        meeting=a_meeting(MeetingKind.CLOSING_EVENT, status=MeetingStatus.DRAFT, title="Închiderea"),
        marks_day=date(2027, 12, 5),
    )
    address = "/editii/2027/eveniment-final/"
    assert client.get(address).status_code == 404
    assert client.get(f"{address}inscriere/").status_code == 404
    assert staff_client(Role.AUDITOR).get(address).status_code == 200

    Meeting.objects.update(status=MeetingStatus.SCHEDULED)
    page = client.get(address)
    assert page.status_code == 200
    assert "5 decembrie 2027" in page.text
    assert event.meeting.join_url not in page.text
    assert f'href="{address}inscriere/"' in page.text
    assert client.get(f"{address}inscriere/").status_code == 200
    home = home_of(event.meeting)
    assert (home.address(event.meeting), home.registration(event.meeting)) == (
        address,
        f"{address}inscriere/",
    )
    for wrong in ("/editii/2028/eveniment-final/", "/editii/99999999999/eveniment-final/"):
        assert client.get(wrong).status_code == 404


def test_promoters_meetings_are_there_for_the_editions_promoters_and_the_team(client: Client) -> None:
    edition, other = EditionFactory(year=2027), EditionFactory(year=2028)
    for each in (edition, other):
        PromotersMeeting.objects.create(
            edition=each, number=1, meeting=a_meeting(MeetingKind.PROMOTERS_MEETING)
        )
    organisation = OrganisationFactory()
    Mandate.objects.create(edition=edition, organisation=organisation, source="Decizie")
    promoter, stranger = UserFactory(), UserFactory()
    Membership.objects.create(organisation=organisation, user=promoter, role=MemberRole.MEMBER)

    own, others = "/editii/2027/intalniri/1/", "/editii/2028/intalniri/1/"
    assert client.get(own)["Location"].startswith("/cont/autentificare/")
    assert client.get(f"{own}inscriere/")["Location"].startswith("/cont/autentificare/")
    for who, answers in ((promoter, (200, 404)), (stranger, (404, 404))):
        sign_in(client, who)
        for page in ("", "inscriere/"):
            assert [client.get(own + page).status_code, client.get(others + page).status_code] == list(
                answers
            )
    assert staff_client(Role.EDITOR).get(others).status_code == 200
    sign_in(client, promoter)
    assert "secret-join-link" not in client.get(own).text
    Meeting.objects.update(status=MeetingStatus.DRAFT)
    assert client.get(own).status_code == 404


def test_what_remains_of_them_is_for_whoever_sees_their_page(client: Client, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    edition = EditionFactory(year=2027)
    closing = a_meeting(MeetingKind.CLOSING_EVENT, status=MeetingStatus.HELD)
    among_promoters = a_meeting(MeetingKind.PROMOTERS_MEETING, status=MeetingStatus.HELD)
    ClosingEvent.objects.create(edition=edition, meeting=closing)
    PromotersMeeting.objects.create(edition=edition, number=1, meeting=among_promoters)
    for meeting in (closing, among_promoters):
        recording = {"url": "https://video.example.org/inregistrare", "transcript": "Bun găsit tuturor."}
        Recording.objects.create(meeting=meeting, is_public=True, **recording)
        for title, shown in (("Sinteza", True), ("Ciorna", False)):
            file = ContentFile(b"x", f"{title}.txt")
            Material.objects.create(meeting=meeting, title=title, file=file, is_public=shown)
    organisation = OrganisationFactory()
    Mandate.objects.create(edition=edition, organisation=organisation, source="Decizie")
    promoter = sign_in(Client(), MembershipFactory(organisation=organisation, user=UserFactory()).user)

    for page, meeting, reader in (
        ("/editii/2027/eveniment-final/", closing, client),
        ("/editii/2027/intalniri/1/", among_promoters, promoter),
    ):
        shown = reader.get(page).text
        assert "Bun găsit tuturor." in shown
        assert "Ciorna" not in shown
        sinteza, ciorna = (meeting.materials.get(title=title).pk for title in ("Sinteza", "Ciorna"))
        assert f'href="{page}materiale/{sinteza}"' in shown
        assert b"".join(reader.get(f"{page}materiale/{sinteza}").streaming_content) == b"x"
        for missing in (ciorna, 999_999, closing.materials.first().pk if meeting != closing else 0):
            assert reader.get(f"{page}materiale/{missing}").status_code == 404
    own = f"/editii/2027/intalniri/1/materiale/{among_promoters.materials.first().pk}"
    assert client.get(own)["Location"].startswith("/cont/autentificare/")
    assert sign_in(Client(), UserFactory()).get(own).status_code == 404


def test_a_step_in_the_admin_shows_the_mail_and_leaves_as_on_the_page_of_the_team() -> None:
    editor = staff_client(Role.EDITOR)
    event = ClosingEvent.objects.create(
        edition=EditionFactory(year=2027), meeting=a_meeting(MeetingKind.CLOSING_EVENT)
    )
    RegistrationFactory(meeting=event.meeting)
    step = f"/admin/programmes/closingevent/{event.pk}/step/cancel/"
    page = editor.post(step, {"reason": "Sala nu mai este liberă"})
    assert page.status_code == 200
    assert "o persoană" in page.text
    assert Message.objects.count() == 0
    seal = page.context["seal"]
    assert editor.post(step, {"reason": "Sala nu mai este liberă", "seen": seal}).status_code == 302
    assert [each.kind for each in Message.objects.all()] == ["meetings.cancelled"]


def test_the_admin_leaves_what_people_are_told_of_to_the_page_of_the_team() -> None:
    editor = staff_client(Role.EDITOR)
    event = PromotersMeeting.objects.create(
        edition=EditionFactory(year=2027), number=1, meeting=a_meeting(MeetingKind.PROMOTERS_MEETING)
    )
    local = START.astimezone()
    inlines = {
        f"{prefix}-{name}": "0"
        for prefix in ("agenda", "materials")
        for name in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    form = {
        "edition": event.edition_id, "number": "1", "title": "Întâlnirea", "is_online": "on",
        "on_date": timezone.localdate(START).strftime("%d.%m.%Y"), "capacity": "10",
        "begins": f"{timezone.localtime(local):%H:%M}", **inlines,
    }  # fmt: skip
    address = f"/admin/programmes/promotersmeeting/{event.pk}/change/"
    assert editor.post(address, form).status_code == 302
    assert Meeting.objects.get().capacity == 10
    RegistrationFactory(meeting=event.meeting)
    refused = editor.post(address, {**form, "begins": "23:10"})
    assert refused.status_code == 200
    assert f"/intalniri/{event.meeting_id}/echipa/" in refused.text
    assert Message.objects.count() == 0
    night = {**form, "on_date": "31.10.2027", "begins": "03:30"}
    assert "de două ori" in editor.post(address, night).text


def test_how_to_subscribe_is_told_where_feeds_are_and_keeps_the_filters(client: Client) -> None:
    conference = VideoconferenceFactory(number=7)
    year = conference.edition.year
    for page, feed in (
        (f"/videoconferinte/?editie={year}&vedere=luna", f"/videoconferinte/calendar.ics?editie={year}"),
        (f"/editii/{year}/calendar/", f"/editii/{year}/calendar.ics"),
        (f"/en/editii/{year}/calendar/", f"/en/editii/{year}/calendar.ics"),
    ):
        text = client.get(page).text
        told = text[text.index('<details class="subscribe">') :].split("</details>")[0]
        assert f"<code>http://localhost:8000{feed}</code>" in told
        assert ("How to subscribe" if page.startswith("/en") else "Cum vă abonați") in told
        assert client.get(feed).status_code == 200


@pytest.mark.parametrize(
    ("starts_at", "day", "hour"),
    [
        (datetime(2027, 10, 31, 0, 30, tzinfo=UTC), date(2027, 10, 31), "3:30 EEST"),
        (datetime(2027, 10, 31, 1, 30, tzinfo=UTC), date(2027, 10, 31), "3:30 EET"),
        (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), date(2027, 3, 28), "4:00 EEST"),
    ],
)
def test_a_feed_opens_at_the_right_hour_on_the_odd_nights(client: Client, starts_at, day, hour) -> None:
    VideoconferenceFactory(meeting__starts_at=starts_at, meeting__on_date=day)
    answer = client.get("/videoconferinte/calendar.ics")
    event = next(iter(Calendar.from_ical(answer.content).walk("VEVENT")))
    local = event["DTSTART"].dt.astimezone(ZoneInfo("Europe/Bucharest"))
    assert f"{local.hour}:{local:%M %Z}" == hour
    assert "secret-join-link" not in answer.text
    again = client.get("/videoconferinte/calendar.ics", headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304
