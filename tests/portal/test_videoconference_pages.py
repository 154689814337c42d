"""The regional calendar: list, month, page and feed under the same filters, and nothing secret in any of them."""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from html import unescape

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from core.accounts.choices import Role
from core.territory.models import County, Region
from core.territory.snapshot import territory
from meetings.choices import MeetingStatus
from meetings.models import AgendaItem, Material, Meeting
from meetings.workflow import MEETING_WORKFLOW
from programmes.models import Edition
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.programmes import EditionFactory
from tests.factories.videoconferences import CoOrganiserFactory, ThemeFactory, VideoconferenceFactory
from videoconferences.models import Videoconference, VideoconferenceTheme

pytestmark = pytest.mark.django_db
LIST = "/videoconferinte/"
FEED = "/videoconferinte/calendar.ics"


def numbers(client: Client, address: str) -> list[int]:
    """Numbers of the videoconferences that a list shows, in its order."""
    html = client.get(address).content.decode()
    return [int(number) for number in re.findall(r"Nr\. (\d+):", html)]


def words(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def events(client: Client, address: str = FEED) -> list:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/calendar")
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def region(code: str) -> Region:
    return Region.objects.get(code=code)


def test_list_shows_all_newest_first(client: Client, edition_2021: Edition) -> None:
    assert numbers(client, LIST) == list(range(13, 0, -1))
    assert "13 videoconferințe" in words(client, LIST)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("regiune=nord-est", [11, 8, 6, 4, 2, 1]),
        ("regiune=RO21", [11, 8, 6, 4, 2, 1]),
        ("regiune=nord-est&regiune=vest", [11, 8, 6, 4, 2, 1]),
        ("regiune=sud-muntenia", []),
        ("judet=BV", [12, 11, 8, 3]),
        ("judet=bv", [12, 11, 8, 3]),
        ("judet=PH", []),
        ("tema=p2-parteneriate", [13, 12, 11, 10, 9, 8]),
        ("tema=p2-parteneriate&regiune=sud-est", [9]),
        ("editie=2021&judet=CT", [9, 7]),
    ],
)
def test_filters_find_what_the_calendar_says(
    client: Client, edition_2021: Edition, query: str, found: list[int]
) -> None:
    assert numbers(client, f"{LIST}?{query}") == found
    assert len(events(client, f"{FEED}?{query}")) == len(found)


def test_empty_answer_says_why_and_what_to_do(client: Client, edition_2021: Edition) -> None:
    text = words(client, f"{LIST}?regiune=sud-muntenia")

    assert "Nicio videoconferință nu răspunde acestor filtre" in text
    assert "Sud-Muntenia" in text


def test_county_named_by_the_videoconference_excludes_its_neighbours(client: Client, counties: None) -> None:
    videoconference = VideoconferenceFactory(number=7, regions=[region("RO12")])
    videoconference.counties.set([County.objects.get(code="BV")])

    assert numbers(client, f"{LIST}?judet=BV") == [7]
    assert numbers(client, f"{LIST}?judet=SB") == []


SENSELESS = [
    "regiune=nu-exista",
    "judet=ZZ",
    "tema=%00",
    "editie=abc",
    "pagina=abc",
    "pagina=0",
    "pagina=999999999999",
    "luna=2021-13&vedere=luna",
    "luna=9999-12&vedere=luna",
    "luna=2021-00&vedere=luna",
    "luna=%FF&vedere=luna",
    "vedere=xyz",
    "vedere=luna&luna=" + "2" * 10000,
    "judet=" + "B" * 10000,
    "judet=%C5%9E",
    "tema=s%CC%A6",
    "&".join(f"judet={n}" for n in range(500)),
    "luna=٢٠٢١-٠٥&vedere=luna",
    "regiune[]=x",
    "judet=BV%27--",
]


def test_senseless_parameters_are_a_normal_page(client: Client, edition_2021: Edition) -> None:
    for query in SENSELESS:
        for address in (LIST, FEED, "/en/videoconferinte/"):
            assert client.get(f"{address}?{query}").status_code in (200, 400), query[:80]


def test_month_shows_its_days_and_leads_to_the_nearest_busy_ones(
    client: Client, edition_2021: Edition
) -> None:
    html = client.get(f"{LIST}?vedere=luna&luna=2021-07").content.decode()

    assert html.count('class="month-busy"') == 2
    assert "luna=2021-06" in html
    assert "luna=2021-09" in html
    assert "luna=2021-08" not in html


def test_month_without_any_says_so_and_first_and_last_have_one_way(
    client: Client, edition_2021: Edition
) -> None:
    empty = client.get(f"{LIST}?vedere=luna&luna=2021-08").content.decode()
    first = client.get(f"{LIST}?vedere=luna&luna=2021-04").content.decode()
    last = client.get(f"{LIST}?vedere=luna").content.decode()

    assert "Nimic în această lună" in empty
    assert 'rel="prev"' not in first
    assert 'rel="next"' in first
    assert 'rel="next"' not in last
    assert "Noiembrie 2021" in last


def test_month_keeps_days_of_its_neighbours_empty(client: Client) -> None:
    VideoconferenceFactory(number=1, meeting__on_date=date(2026, 11, 30))
    VideoconferenceFactory(number=2, meeting__on_date=date(2026, 12, 1))

    html = client.get(f"{LIST}?vedere=luna&luna=2026-12").content.decode()

    assert html.count('class="month-busy"') == 1


def test_page_says_weekday_regions_and_names_as_printed(client: Client, edition_2021: Edition) -> None:
    text = words(client, "/videoconferinte/2021/3/")

    assert "joi, 27 mai 2021" in text
    assert "Centru, Nord-Vest" in text
    assert "Centrul Național de Resurse pentru Voluntariat" in text
    assert "„Pro Vobis - Centrul National de Resurse pentru Voluntariat”" in text
    assert "optimizarea parteneriatului" in text
    assert "Parteneriatele dintre" in words(client, "/videoconferinte/2021/9/")


def test_page_shows_agenda_and_public_materials_only(
    client: Client, settings: object, tmp_path: object
) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    videoconference = VideoconferenceFactory(edition__year=2050, number=4)
    meeting = videoconference.meeting
    AgendaItem.objects.create(meeting=meeting, title="Deschiderea", speaker="Ana Exemplu", position=1)
    shown = Material.objects.create(meeting=meeting, title="Prezentarea", url="https://example.org/p.pdf")
    hidden = Material(meeting=meeting, title="Ascunsul", is_public=False)
    hidden.file.save("h.pdf", ContentFile(b"%PDF"))
    given = Material(meeting=meeting, title="Fișierul")
    given.file.save("f.html", ContentFile(b"<script>"))

    text = words(client, "/videoconferinte/2050/4/")

    assert all(word in text for word in ("Deschiderea", "Ana Exemplu", shown.title, "Fișierul"))
    assert "Ascunsul" not in text
    assert client.get(f"/videoconferinte/2050/4/materiale/{hidden.pk}").status_code == 404
    assert client.get(f"/videoconferinte/2050/5/materiale/{given.pk}").status_code == 404
    response = client.get(f"/videoconferinte/2050/4/materiale/{given.pk}")
    assert response["Content-Disposition"].startswith("attachment")


def every_public_address(year: int, numbers: Iterable[int]) -> Iterable[str]:
    paths = (
        "/",
        "/editii/",
        f"/editii/{year}/",
        f"/editii/{year}/calendar/",
        f"/editii/{year}/calendar.ics",
        LIST,
        f"{LIST}?vedere=luna&luna=2026-11",
        FEED,
        *(f"/videoconferinte/{year}/{number}/" for number in numbers),
        "/cautare/?q=videoconferinta",
        "/anunturi/atom.xml",
    )
    return (prefix + path for prefix in ("", "/en") for path in paths)


def test_join_link_is_in_no_public_answer(client: Client, counties: None) -> None:
    shown = [status for status in MeetingStatus if status != MeetingStatus.DRAFT]
    edition = EditionFactory(year=2051, number=21)
    for number, status in enumerate(shown, start=1):
        VideoconferenceFactory(
            edition=edition,
            number=number,
            meeting__status=status,
            regions=[region("RO12")],
            meeting__join_url="https://video.example.org/secret-join-link",
        )
    assert numbers(client, LIST) == [4, 3, 2, 1]

    for address in every_public_address(2051, range(1, len(shown) + 1)):
        content = client.get(address).content
        assert b"secret-join-link" not in content
        assert b"video.example.org" not in content


def test_draft_is_seen_by_staff_alone(client: Client) -> None:
    VideoconferenceFactory(edition__year=2052, number=1, meeting__status=MeetingStatus.DRAFT)

    assert client.get("/videoconferinte/2052/1/").status_code == 404
    assert numbers(client, LIST) == []
    assert events(client) == []
    sign_in(client, UserFactory(roles=[Role.EDITOR]))
    assert client.get("/videoconferinte/2052/1/").status_code == 200


@pytest.mark.parametrize("state", ["cancelled", "postponed"])
def test_whoever_has_the_address_learns_of_a_change(client: Client, state: str) -> None:
    VideoconferenceFactory(edition__year=2053, number=1, meeting__status=state)
    word = {"cancelled": "Anulată", "postponed": "Amânată"}[state]

    assert word in words(client, "/videoconferinte/2053/1/")
    assert word in words(client, LIST)
    assert word.lower() in words(client, "/editii/2053/calendar/")


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        # The day on which summer time begins, and the day on which it ends: 10 o'clock in Bucharest.
        (datetime(2026, 3, 29, 7, tzinfo=UTC), datetime(2026, 3, 29, 9, tzinfo=UTC)),
        (datetime(2026, 10, 25, 8, tzinfo=UTC), datetime(2026, 10, 25, 10, tzinfo=UTC)),
        # The doubled hour of that night, second time.
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), None),
    ],
)
def test_feed_has_the_right_instant_on_days_of_the_clock_change(
    client: Client, begins: datetime, ends: datetime | None
) -> None:
    VideoconferenceFactory(
        number=1, meeting__on_date=begins.date(), meeting__starts_at=begins, meeting__ends_at=ends
    )

    (event,) = events(client)

    assert event.decoded("dtstart") == begins
    assert event.decoded("dtstart").utcoffset().total_seconds() == 0
    assert event.decoded("dtend") > begins
    if begins.hour in (7, 8):
        assert timezone.localtime(event.decoded("dtstart")).hour == 10
        assert "ora 10.00" in words(client, LIST)


def test_feed_gives_a_whole_day_when_the_hour_is_open(client: Client, edition_2021: Edition) -> None:
    by_day = {event.decoded("dtstart"): event for event in events(client)}

    event = by_day[date(2021, 4, 28)]
    assert len(by_day) == 13
    assert event.decoded("dtend") == date(2021, 4, 29)
    assert "București-Ilfov" in str(event["summary"])
    assert str(event["url"]) == "http://localhost:8000/videoconferinte/2021/1/"


def test_entry_keeps_its_uid_and_grows_its_sequence(client: Client) -> None:
    videoconference = VideoconferenceFactory(
        number=1,
        meeting__on_date=date(2026, 11, 18),
        meeting__starts_at=datetime(2026, 11, 18, 8, tzinfo=UTC),
    )
    (before,) = events(client)
    MEETING_WORKFLOW.perform(videoconference.meeting, "cancel", actor=None, reason="Lipsă de participanți")
    Videoconference.objects.filter(pk=videoconference.pk).update(number=9)
    (after,) = events(client)

    assert str(before["uid"]) == str(after["uid"])
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert (str(before["status"]), str(after["status"])) == ("CONFIRMED", "CANCELLED")


def test_calendar_of_an_edition_has_its_closing_event(client: Client, edition_2021: Edition) -> None:
    found = events(client, "/editii/2021/calendar.ics")
    days = [event.decoded("dtstart") for event in found]

    assert len(found) == 14
    assert date(2021, 12, 6) in days
    assert len({str(event["uid"]) for event in found}) == 14


def test_feed_escapes_hostile_names(client: Client) -> None:
    link = CoOrganiserFactory(
        organisation__legal_name="Rău\r\nEND:VCALENDAR; BEGIN:VALARM, \\ „x”", videoconference__number=1
    )

    (event,) = events(client)

    assert "END:VCALENDAR" in str(event["description"])
    assert link.organisation.legal_name.splitlines()[0] in str(event["description"])


def test_page_offers_a_subscription_with_its_filters(client: Client, edition_2021: Edition) -> None:
    html = unescape(client.get(f"{LIST}?judet=BV&vedere=luna").content.decode())

    assert 'href="webcal://localhost:8000/videoconferinte/calendar.ics?judet=BV"' in html


def test_themes_filter_by_their_role_too(client: Client) -> None:
    videoconference = VideoconferenceFactory(edition__year=2054, number=3)
    theme = ThemeFactory(code="tema-noua", name="Tema cea nouă")
    VideoconferenceTheme.objects.create(videoconference=videoconference, theme=theme)

    assert numbers(client, f"{LIST}?tema=tema-noua") == [3]
    assert "Tema cea nouă" in words(client, "/videoconferinte/2054/3/")


@pytest.mark.parametrize("size", [1, 60])
def test_queries_do_not_grow_with_the_calendar(
    client: Client, counties: None, django_assert_num_queries: Callable, size: int
) -> None:
    edition = EditionFactory(year=2055, number=21)
    theme = ThemeFactory()
    places = territory().regions
    for number in range(1, size + 1):
        videoconference = VideoconferenceFactory(edition=edition, number=number, regions=places[:4])
        CoOrganiserFactory.create_batch(3, videoconference=videoconference)
        VideoconferenceTheme.objects.create(videoconference=videoconference, theme=theme)
        AgendaItem.objects.create(meeting=videoconference.meeting, title="Punctul")

    for address, queries in (
        (LIST, 2),
        (f"{LIST}?vedere=luna&luna=2026-11", 2),
        (f"{LIST}?judet=BV&regiune=nord-est&editie=2055", 2),
        ("/videoconferinte/2055/1/", 6),
        (FEED, 3),
    ):
        with django_assert_num_queries(queries, info=address):
            response = client.get(address)
        assert response.status_code == 200
        if address != FEED:
            assert len(response.content) < 100_000


def test_number_stands_once_in_an_edition_and_organisation_once_in_a_videoconference() -> None:
    link = CoOrganiserFactory()
    videoconference = link.videoconference

    for fail in (
        lambda: VideoconferenceFactory(edition=videoconference.edition, number=videoconference.number),
        lambda: VideoconferenceFactory(number=0),
        lambda: CoOrganiserFactory(videoconference=videoconference, organisation=link.organisation),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            fail()
    assert Meeting.objects.filter(videoconference=videoconference).count() == 1
