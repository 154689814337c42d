"""The plan of a gathering: every state and step through the services, changes and who is told, two people at once."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from core.accounts.choices import Role
from core.messaging.models import Message
from core.models import ExportLog
from core.workflow import TransitionRefusedError
from meetings.checks import comes_twice, day_warnings, is_second, is_skipped, moment
from meetings.choices import MeetingKind, RegistrationStatus
from meetings.choices import MeetingStatus as S
from meetings.forms.planning import SECOND, TimePlaceForm
from meetings.links import registration_url
from meetings.models import BUCHAREST, Meeting
from meetings.services.planning import MeetingChange, change_meeting, make_step, write_agenda
from meetings.workflow import MEETING_WORKFLOW
from tests.factories.accounts import UserFactory, sign_in, staff_client
from tests.factories.meetings import MeetingFactory, RegistrationFactory
from tests.factories.videoconferences import VideoconferenceFactory

pytestmark = pytest.mark.django_db
AHEAD = timezone.now().replace(hour=8, minute=0, second=0, microsecond=0) + timedelta(days=30)


def a_gathering(**fields: object) -> Meeting:
    """A training: a kind that no app has a page for, so that only what is common is tried."""
    values = {"kind": MeetingKind.TRAINING, "starts_at": AHEAD, "on_date": AHEAD.astimezone(BUCHAREST).date()}
    return MeetingFactory(**{**values, **fields})


def kinds() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("kind", flat=True))


# Step from state: which mail leaves to whoever registered.
MAILS = {
    ("draft", "schedule"): [],
    ("postponed", "schedule"): ["meetings.changed"],
    ("scheduled", "postpone"): ["meetings.postponed"],
    ("scheduled", "cancel"): ["meetings.cancelled"],
    ("postponed", "cancel"): ["meetings.cancelled"],
    ("scheduled", "hold"): [],
}


@pytest.mark.parametrize("state", S.values)
@pytest.mark.parametrize("step", list(MEETING_WORKFLOW.transitions))
def test_every_step_from_every_state_tells_whom_it_concerns(state: str, step: str) -> None:
    begins = timezone.now() - timedelta(hours=1) if step == "hold" else AHEAD
    meeting = a_gathering(status=state, starts_at=begins, on_date=begins.astimezone(BUCHAREST).date())
    RegistrationFactory(meeting=meeting)

    if (state, step) in MAILS:
        saved = make_step(meeting=meeting, name=step, actor=None, reason="Motivul")
        assert saved.status == MEETING_WORKFLOW.transitions[step].target
        assert kinds() == MAILS[state, step]
    else:
        with pytest.raises(TransitionRefusedError):
            make_step(meeting=meeting, name=step, actor=None, reason="Motivul")
        assert kinds() == []


def test_what_has_not_begun_is_not_marked_as_held() -> None:
    with pytest.raises(TransitionRefusedError):
        make_step(meeting=a_gathering(), name="hold", actor=None)


@pytest.mark.parametrize(
    ("field", "value", "told", "version"),
    [
        ("starts_at", AHEAD + timedelta(hours=1), True, 1),
        ("ends_at", AHEAD + timedelta(hours=2), True, 1),
        ("place", "Sala mare", True, 1),
        ("title", "Alt titlu", False, 1),
        ("join_url", "https://video.example.org/alta", False, 0),
        ("capacity", 5, False, 0),
        ("summary", "Altceva", False, 0),
    ],
)
def test_a_change_tells_and_raises_the_version_where_it_should(field, value, told, version) -> None:
    meeting = a_gathering()
    RegistrationFactory(meeting=meeting)
    RegistrationFactory(meeting=meeting, waiting=True)
    RegistrationFactory(meeting=meeting, ended=True)

    changed = change_meeting(
        meeting=meeting, change=replace(MeetingChange.of(meeting), **{field: value}), actor=None
    )

    assert changed == {field}
    assert getattr(Meeting.objects.get(), field) == getattr(meeting, field) == value
    assert meeting.sequence == version
    assert kinds() == ["meetings.changed"] * (2 if told else 0)


def test_nothing_is_told_of_drafts_and_of_what_is_past() -> None:
    draft, past = a_gathering(status=S.DRAFT), a_gathering(status=S.HELD)
    for meeting in (draft, past):
        RegistrationFactory(meeting=meeting)
        change = replace(MeetingChange.of(meeting), starts_at=AHEAD + timedelta(hours=1))
        change_meeting(meeting=meeting, change=change, actor=None)
    assert kinds() == []
    assert draft.sequence == 0


def test_more_places_move_the_waiting_list_up_and_fewer_take_none_away() -> None:
    meeting = a_gathering(capacity=1)
    RegistrationFactory(meeting=meeting)
    waits = [RegistrationFactory(meeting=meeting, waiting=True) for _each in range(2)]

    change_meeting(meeting=meeting, change=replace(MeetingChange.of(meeting), capacity=2), actor=None)
    states = [each.status for each in map(_fresh, waits)]
    assert states == [RegistrationStatus.CONFIRMED, RegistrationStatus.WAITING]

    change_meeting(meeting=meeting, change=replace(MeetingChange.of(meeting), capacity=1), actor=None)
    assert meeting.registrations.confirmed().count() == 2


def _fresh(record):
    return type(record).objects.get(pk=record.pk)


@pytest.mark.parametrize(
    "wrong",
    [
        {"starts_at": None},
        {"ends_at": AHEAD - timedelta(hours=1)},
        {"is_online": False},
        {"capacity": 0},
        {"on_date": date(2021, 1, 1)},
    ],
)
def test_what_an_announced_gathering_cannot_be_is_refused_whole(wrong) -> None:
    meeting = a_gathering()
    with pytest.raises(ValidationError):
        change_meeting(
            meeting=meeting, change=replace(MeetingChange.of(meeting), summary="x", **wrong), actor=None
        )
    assert Meeting.objects.get().summary == ""


# The two odd nights of 2027: 28 March and 31 October.
SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)


def test_hours_of_the_two_odd_nights() -> None:
    assert is_skipped(SPRING, time(3, 30))
    assert not is_skipped(SPRING, time(4))
    assert comes_twice(AUTUMN, time(3, 30))
    assert not comes_twice(AUTUMN, time(4))
    first, second = (moment(AUTUMN, time(3, 30), second=each) for each in (False, True))
    assert (first, second) == (
        datetime(2027, 10, 31, 0, 30, tzinfo=UTC),
        datetime(2027, 10, 31, 1, 30, tzinfo=UTC),
    )
    assert (is_second(first), is_second(second)) == (False, True)


def typed(**fields: str) -> dict[str, str]:
    return {"on_date": "2027-05-12", "begins": "10:00", "ends": "12:00", "is_online": "online", **fields}


def test_an_hour_that_does_not_exist_is_refused_and_one_that_comes_twice_is_asked_about() -> None:
    form = TimePlaceForm(typed(on_date=SPRING.isoformat(), begins="03:30", ends="05:00"))
    assert set(form.errors) == {"begins"}
    assert "3.00" in str(form.errors["begins"])

    autumn = {"on_date": AUTUMN.isoformat(), "begins": "03:30", "ends": "05:00"}
    form = TimePlaceForm(typed(**autumn))
    assert set(form.errors) == {"which_hour"}
    assert form.asks_which_hour

    form = TimePlaceForm(typed(**autumn, which_hour=SECOND))
    assert form.is_valid()
    starts_at, ends_at = form.hours()
    assert (starts_at, ends_at) == (
        datetime(2027, 10, 31, 1, 30, tzinfo=UTC),
        datetime(2027, 10, 31, 3, tzinfo=UTC),
    )
    meeting = a_gathering(on_date=AUTUMN, starts_at=starts_at, ends_at=ends_at)
    assert TimePlaceForm.read(meeting)["which_hour"] == SECOND


def test_days_on_which_few_would_come_are_told() -> None:
    assert len(day_warnings(date(2027, 12, 1))) == 1
    assert len(day_warnings(date(2027, 8, 15))) == 3
    assert day_warnings(date(2027, 5, 12)) == []


# Pages.


@pytest.fixture
def editor() -> Client:
    return staff_client(Role.EDITOR)


def address(meeting: Meeting, section: str = "cand-si-unde") -> str:
    return f"/intalniri/{meeting.pk}/planificare/{section}/"


def form_of(client: Client, meeting: Meeting, section: str = "cand-si-unde") -> dict[str, str]:
    """The form as the page has it, ready to be sent."""
    context = client.get(address(meeting, section)).context
    data = {bound.html_name: bound.value() for bound in context["form"]}
    shown = {
        name: value.strftime("%H:%M") if isinstance(value, time) else str(value)
        for name, value in data.items()
        if value not in (None, "", False)
    }
    return {**shown, "seen": context["mark"]}


def test_a_move_shows_the_mail_and_to_how_many_before_it_leaves(editor: Client) -> None:
    meeting = a_gathering()
    for _each in range(3):
        RegistrationFactory(meeting=meeting)
    data = {**form_of(editor, meeting), "begins": "14:30"}

    page = editor.post(address(meeting), data)
    assert page.status_code == 200
    assert "3 persoane" in page.text
    assert Meeting.objects.get().starts_at == AHEAD
    assert kinds() == []

    back = editor.post(address(meeting), {**data, "action": "edit"})
    assert 'value="14:30"' in back.text

    seal = page.context["telling"].seal
    done = editor.post(address(meeting), {**data, "mails": seal})
    assert done.status_code == 302
    assert Meeting.objects.get().local_start.hour == 14
    assert kinds() == ["meetings.changed"] * 3
    # A second press of the same button: somebody saved meanwhile, and it is the same.
    assert editor.post(address(meeting), {**data, "mails": seal}).status_code == 302
    assert len(kinds()) == 3


def test_of_two_at_once_the_second_sees_both_versions_and_loses_nothing(editor: Client) -> None:
    meeting = a_gathering()
    data = form_of(editor, meeting, "descriere")
    first = {**data, "title": "Titlul colegei", "summary": "Despre păduri"}
    second = {**data, "title": "Titlul meu", "summary": "Despre ape"}
    assert editor.post(address(meeting, "descriere"), first).status_code == 302

    page = editor.post(address(meeting, "descriere"), second)
    assert page.status_code == 409
    for words in ("Titlul colegei", "Despre păduri", "Titlul meu", "Despre ape"):
        assert words in page.text
    assert Meeting.objects.get().title == "Titlul colegei"

    second["seen"] = page.context["mark"]
    assert editor.post(address(meeting, "descriere"), second).status_code == 302
    assert Meeting.objects.get().title == "Titlul meu"


def test_steps_are_made_on_a_page_that_shows_the_mail(editor: Client) -> None:
    meeting = a_gathering()
    RegistrationFactory(meeting=meeting)
    step = f"/intalniri/{meeting.pk}/pas/cancel/"
    page = editor.get(step)
    assert "o persoană" in page.text
    assert Meeting.objects.get().status == S.SCHEDULED

    assert editor.post(step, {"mails": page.context["telling"].seal}).status_code == 422
    unseen = editor.post(step, {"reason": "Vorbitorii sunt bolnavi"})
    assert unseen.status_code == 200
    assert "Vorbitorii sunt bolnavi" in unseen.text
    assert Meeting.objects.get().status == S.SCHEDULED

    sent = {"reason": "Vorbitorii sunt bolnavi", "mails": page.context["telling"].seal}
    assert editor.post(step, sent).status_code == 302
    assert Meeting.objects.get().status == S.CANCELLED
    assert kinds() == ["meetings.cancelled"]
    again = editor.post(step, sent)
    assert again.status_code == 422
    assert kinds() == ["meetings.cancelled"]


def test_what_everybody_may_read_is_shown_in_the_mail_first_and_the_reason_stays_inside(
    editor: Client, client: Client
) -> None:
    videoconference = VideoconferenceFactory(
        meeting__status=S.SCHEDULED,
        meeting__starts_at=AHEAD,
        meeting__on_date=AHEAD.astimezone(BUCHAREST).date(),
    )
    meeting = videoconference.meeting
    registration = RegistrationFactory(meeting=meeting)
    step = f"/intalniri/{meeting.pk}/pas/postpone/"
    typed = {"reason": "Sponsorul s-a retras", "words": "Sala s-a inundat.\n[Aici](https://rau.example)"}

    unseen = editor.post(step, {**typed, "mails": editor.get(step).context["telling"].seal})
    assert Meeting.objects.get().status == S.SCHEDULED
    assert unseen.context["telling"].text.count("Sala s-a inundat.") == 1
    assert editor.post(step, {**typed, "mails": unseen.context["telling"].seal}).status_code == 302

    mail = Message.objects.get()
    assert "Sala s-a inundat." in mail.text
    assert '<a href="https://rau.example' not in mail.html
    for public in (
        client.get(videoconference.get_absolute_url()),
        client.get(registration_url(registration)),
    ):
        assert "Sala s-a inundat.<br>" in public.text
        assert "Sponsorul" not in public.text + mail.text

    make_step(meeting=meeting, name="schedule", actor=None)
    assert Meeting.objects.get().told_words == ""


def test_the_agenda_is_written_in_the_typed_order_and_empty_rows_go(editor: Client) -> None:
    meeting = a_gathering()
    data = {
        "seen": form_of(editor, meeting, "agenda")["seen"],
        "order_0": "2", "title_0": "Încheiere", "starts_at_0": "11:30",
        "order_1": "1", "title_1": "Deschidere", "speaker_1": "Ana Pop",
        "order_2": "", "title_2": "", "speaker_2": "",
    }  # fmt: skip
    more = editor.post(address(meeting, "agenda"), {**data, "action": "more"})
    assert more.status_code == 200
    assert 'name="title_5"' in more.text
    assert "Deschidere" in more.text
    assert editor.post(address(meeting, "agenda"), {**data, "speaker_2": "Fără punct"}).status_code == 422

    assert editor.post(address(meeting, "agenda"), data).status_code == 302
    assert [item.title for item in meeting.agenda.all()] == ["Deschidere", "Încheiere"]
    write_agenda(meeting=meeting, items=[], actor=None)
    assert not meeting.agenda.exists()


@pytest.mark.parametrize(
    "hostile",
    [
        {"title": "a\0b"},
        {"title": "x" * 10_000},
        {"title": ""},
        {"summary": "y" * 20_000},
    ],
)
def test_hostile_words_come_back_with_a_sentence(editor: Client, hostile) -> None:
    meeting = a_gathering()
    page = editor.post(address(meeting, "descriere"), {**form_of(editor, meeting, "descriere"), **hostile})
    assert page.status_code == 422
    assert page.context["form"].errors
    assert Meeting.objects.get().title == meeting.title


def test_marks_of_direction_are_left_out_and_the_rest_is_kept(editor: Client) -> None:
    meeting = a_gathering()
    data = {**form_of(editor, meeting, "descriere"), "title": "Ştiinţă \u202eși <b>joc</b>"}
    assert editor.post(address(meeting, "descriere"), data).status_code == 302
    assert Meeting.objects.get().title == "Știință și <b>joc</b>"
    assert "<b>joc" not in editor.get(f"/intalniri/{meeting.pk}/echipa/").text


@pytest.mark.parametrize(
    "page", ["echipa/", "inscrisi/", "planificare/agenda/", "planificare/inscriere/", "pas/cancel/"]
)
def test_pages_of_the_team_are_nowhere_for_others(client: Client, editor: Client, page: str) -> None:
    meeting = a_gathering()
    place = f"/intalniri/{meeting.pk}/{page}"
    assert editor.get(place).status_code == 200
    assert sign_in(client, UserFactory()).get(place).status_code == 404
    assert staff_client(Role.AUDITOR).get(place).status_code == 404
    assert editor.get(place.replace(str(meeting.pk), "987654")).status_code == 404


def test_those_who_registered_are_filtered_and_taken_along_safely(editor: Client) -> None:
    meeting = a_gathering()
    RegistrationFactory(meeting=meeting, name="Ștefan Țurcanu", organisation_name="=HYPERLINK(1)")
    RegistrationFactory(meeting=meeting, name="Ana Pop", waiting=True)
    RegistrationFactory(name="Altcineva")
    place = f"/intalniri/{meeting.pk}/inscrisi/"

    def names(query: str) -> list[str]:
        return [each.name for each, _organisation in editor.get(place + query).context["rows"]]

    assert names("") == ["Ștefan Țurcanu", "Ana Pop"]
    assert names("?q=stefan+turcanu") == ["Ștefan Țurcanu"]
    assert names("?stare=waiting") == ["Ana Pop"]
    assert names("?stare=nimic&judet=%00&pagina=x&q=%E2%80%AE") == ["Ștefan Țurcanu", "Ana Pop"]
    assert names("?prezenta=da") == []

    assert editor.get(f"{place}fisier").status_code == 405
    assert editor.post(f"{place}fisier", {"format": "exe"}).status_code == 404
    file = editor.post(f"{place}fisier?stare=confirmed", {"format": "csv"})
    assert "'=HYPERLINK(1)" in file.content.decode("utf-8-sig")
    assert "Ana Pop" not in file.content.decode("utf-8-sig")
    log = ExportLog.objects.get()
    assert (log.rows, log.file_format) == (1, "csv")
    assert editor.post(f"{place}fisier", {"format": "xlsx"}).content[:2] == b"PK"
