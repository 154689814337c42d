"""The plan of the regional calendar: coverage, warnings, drafts, copies, series, and who may."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from core.accounts.choices import Role
from core.permissions import permissions
from meetings import teampages
from meetings.choices import MeetingStatus
from meetings.models import AgendaItem, Material, Meeting, Registration
from meetings.services.planning import PlanningError
from organisations.choices import MemberRole
from organisations.models import Membership
from programmes.models import Edition
from tests.factories.accounts import UserFactory, sign_in, staff_client
from tests.factories.meetings import MeetingFactory, RegistrationFactory
from tests.factories.organisations import OrganisationFactory
from tests.factories.programmes import EditionFactory
from tests.factories.videoconferences import CoOrganiserFactory, ThemeFactory, VideoconferenceFactory
from tests.portal.conftest import edition_2021  # noqa: F401
from videoconferences.models import Videoconference, VideoconferenceTheme
from videoconferences.selectors.organisers import organisation_meant
from videoconferences.series import series_days
from videoconferences.services.planning import copy_videoconference, create_videoconference, make_series

pytestmark = pytest.mark.django_db
PLAN = "/videoconferinte/planificare/"


@pytest.fixture
def editor() -> Client:
    return staff_client(Role.EDITOR)


def page_of(videoconference: Videoconference, page: str = "echipa/") -> str:
    return f"/videoconferinte/{videoconference.edition.year}/{videoconference.number}/{page}"


def test_the_plan_of_2021_says_what_it_leaves_out(editor: Client, edition_2021: Edition) -> None:  # noqa: F811
    page = editor.get(f"{PLAN}?editie=2021")
    coverage = page.context["coverage"]
    assert [region.name for region in coverage.missing_regions] == ["Sud-Muntenia"]
    assert {county.code for county in coverage.missing_counties} == {"AG", "CL", "DB", "GR", "IL", "PH", "TR"}
    assert coverage.covered_counties == 35
    assert len(page.context["rows"]) == 13
    assert "Sud-Muntenia" in page.text
    for query in ("?editie=x", "?editie=1", "?editie=%00", ""):
        assert editor.get(PLAN + query).status_code == 200

    with_south = create_videoconference(
        edition=edition_2021,
        number=None,
        on_date=date(2021, 12, 1),
        regions=coverage.missing_regions,
        actor=None,
    )
    rows = editor.get(f"{PLAN}?editie=2021").context
    assert rows["coverage"].missing_counties == ()
    assert with_south.number == 14
    assert with_south.part_id is None
    last = rows["rows"][-1]
    assert any("Ziua Națională" in sentence or "1 Decembrie" in sentence for sentence in last.warnings)
    assert len(last.missing) == 5


def test_overlaps_and_odd_days_are_told_and_block_nothing(editor: Client) -> None:
    start = datetime(2027, 8, 15, 7, tzinfo=UTC)
    values = {"meeting__on_date": date(2027, 8, 15), "meeting__status": MeetingStatus.DRAFT}
    one = VideoconferenceFactory(
        **values, meeting__starts_at=start, meeting__ends_at=start + timedelta(hours=2), edition__year=2027
    )
    MeetingFactory(
        title="Alta în același timp", on_date=date(2027, 8, 15), starts_at=start + timedelta(hours=1)
    )
    MeetingFactory(title="Alta după aceea", on_date=date(2027, 8, 15), starts_at=start + timedelta(hours=2))
    warnings = " ".join(editor.get(f"{PLAN}?editie=2027").context["rows"][0].warnings)
    assert "Alta în același timp" in warnings
    assert "Alta după aceea" not in warnings
    assert "sărbătoare legală" in warnings
    assert "sâmbătă sau duminică" in warnings
    assert editor.get(page_of(one)).text.count("Alta în același timp") == 1
    assert editor.post(f"/intalniri/{one.meeting_id}/pas/schedule/").status_code == 302
    assert Meeting.objects.get(pk=one.meeting_id).status == MeetingStatus.SCHEDULED


def a_rich_one() -> Videoconference:
    """One with everything that a copy takes along, and with what it must not."""
    start = datetime(2027, 3, 10, 8, tzinfo=UTC)
    found = VideoconferenceFactory(
        edition=EditionFactory(year=2027),
        number=3,
        meeting__title="Videoconferința nr. 3",
        meeting__on_date=date(2027, 3, 10),
        meeting__starts_at=start,
        meeting__ends_at=start + timedelta(hours=2),
        meeting__capacity=80,
        meeting__registration_closes_at=start,
        meeting__reminds_week_before=False,
        central_theme="Păduri",
    )
    CoOrganiserFactory(videoconference=found, name_as_printed="Numele tipărit")
    VideoconferenceTheme.objects.create(
        videoconference=found, theme=ThemeFactory(), reason="Cerută de trei ori"
    )
    AgendaItem.objects.create(meeting=found.meeting, title="Deschidere")
    Material.objects.create(meeting=found.meeting, title="Prezentare", url="https://example.org/a")
    RegistrationFactory(meeting=found.meeting)
    return found


def test_a_copy_has_all_but_day_number_window_and_people() -> None:
    source = a_rich_one()
    made = copy_videoconference(source=source, on_date=date(2027, 4, 7), actor=None)

    meeting = made.meeting
    assert (made.number, meeting.title, meeting.status) == (4, "Videoconferința nr. 4", MeetingStatus.DRAFT)
    # The same hour by the clocks, across the change of March.
    assert meeting.starts_at == datetime(2027, 4, 7, 7, tzinfo=UTC)
    assert (meeting.capacity, meeting.reminds_week_before, meeting.join_url) == (
        80,
        False,
        source.meeting.join_url,
    )
    assert meeting.registration_closes_at is None
    assert made.co_organiser_links.get().name_as_printed == "Numele tipărit"
    assert made.theme_links.get().reason == "Cerută de trei ori"
    assert [item.title for item in meeting.agenda.all()] == ["Deschidere"]
    assert meeting.materials.get().url == "https://example.org/a"
    assert not Registration.objects.filter(meeting=meeting).exists()
    assert source.co_organiser_links.count() == source.meeting.agenda.count() == 1
    with pytest.raises(PlanningError):
        copy_videoconference(source=source, on_date=date(2027, 4, 7), number=4, actor=None)

    night = copy_videoconference(source=source, on_date=date(2027, 3, 28), actor=None)
    assert night.meeting.starts_at is not None
    Meeting.objects.filter(pk=source.meeting_id).update(
        starts_at=datetime(2027, 3, 10, 1, 30, tzinfo=UTC), ends_at=datetime(2027, 3, 10, 3, tzinfo=UTC)
    )
    source = Videoconference.objects.get(pk=source.pk)
    skipped = copy_videoconference(source=source, on_date=date(2027, 3, 28), actor=None)
    assert (skipped.meeting.starts_at, skipped.meeting.ends_at) == (None, None)


def test_a_series_goes_round_the_holidays_and_is_made_whole() -> None:
    days = series_days(date(2027, 11, 17), weeks=2, count=3, skips_holidays=True)
    assert [(day.day.isoformat(), day.is_left_out) for day in days] == [
        ("2027-11-17", False),
        ("2027-12-01", True),
        ("2027-12-15", False),
        ("2027-12-29", False),
    ]
    kept = series_days(date(2027, 11, 17), weeks=2, count=3, skips_holidays=False)
    assert [day.is_left_out for day in kept] == [False] * 3
    assert kept[1].warnings

    source = a_rich_one()
    made = make_series(source=source, days=[day.day for day in days if not day.is_left_out], actor=None)
    assert [each.number for each in made] == [4, 5, 6]
    assert all(each.meeting.local_start.hour == 10 for each in made)


def test_the_pages_of_copy_and_series_show_before_they_make(editor: Client) -> None:
    source = a_rich_one()
    assert editor.post(page_of(source, "copie/"), {"on_date": "2027-05-12", "number": "3"}).status_code == 422
    assert editor.post(page_of(source, "copie/"), {"on_date": "2027-05-12"}).status_code == 302

    form = {"first": "2027-11-17", "weeks": "2", "count": "3", "holidays": "skip"}
    shown = editor.post(page_of(source, "serie/"), form)
    assert shown.status_code == 200
    assert "Ziua" in shown.text
    assert Videoconference.objects.count() == 2
    # What was shown is what is made: another rhythm is shown anew.
    other = {**form, "weeks": "1", "days": shown.context["shown"], "action": "make"}
    assert editor.post(page_of(source, "serie/"), other).status_code == 200
    assert Videoconference.objects.count() == 2
    made = editor.post(page_of(source, "serie/"), {**form, "days": shown.context["shown"], "action": "make"})
    assert made.status_code == 302
    assert Videoconference.objects.count() == 5
    for wrong in ({"count": "27"}, {"count": "0"}, {"weeks": "9"}, {"first": "9999-12-31"}, {"first": "a\0"}):
        assert editor.post(page_of(source, "serie/"), {**form, **wrong}).status_code == 422


def test_a_new_draft_keeps_what_was_typed_until_it_is_right(editor: Client) -> None:
    edition = EditionFactory(year=2027)
    typed = {"edition": edition.pk, "on_date": "2027-03-28", "begins": "03:30", "ends": "05:00"}
    page = editor.post(f"{PLAN}noua/", typed)
    assert page.status_code == 422
    assert 'value="03:30"' in page.text
    assert "nu există" in str(page.context["form"].errors["begins"])
    made = editor.post(f"{PLAN}noua/", {**typed, "begins": "04:00"})
    assert made.status_code == 302
    first = Videoconference.objects.get()
    assert (first.number, first.meeting.starts_at) == (1, datetime(2027, 3, 28, 1, tzinfo=UTC))
    taken = editor.post(f"{PLAN}noua/", {**typed, "begins": "04:00", "number": "1"})
    assert taken.status_code == 422
    assert "2" in str(taken.context["form"].errors["number"])
    assert sign_in(Client(), UserFactory()).get(f"{PLAN}noua/").status_code == 404


def seen(client: Client, address: str) -> dict[str, str]:
    return {"seen": client.get(address).context["mark"]}


def test_area_co_organisers_and_themes_are_written_row_by_row(
    editor: Client,
    edition_2021: Edition,  # noqa: F811
) -> None:
    found = Videoconference.objects.get(edition=edition_2021, number=9)
    area = page_of(found, "echipa/zona/")
    regions = {"regions": ["RO22", "RO31"]}
    wrong = editor.post(area, {**seen(editor, area), **regions, "counties": ["BV"]})
    assert wrong.status_code == 422
    assert "Brașov" in str(wrong.context["form"].errors)
    assert editor.post(area, {**seen(editor, area), **regions, "counties": ["CT", "PH"]}).status_code == 302
    assert {region.code for region in found.regions.all()} == {"RO22", "RO31"}
    assert found.counties.count() == 2

    names = page_of(found, "echipa/co-organizatori/")
    rows = {
        "order_0": "2", "organisation_0": "Mă bucur de Viață", "name_as_printed_0": "",
        "order_1": "1", "organisation_1": "pro vobis", "name_as_printed_1": "Pro Vobis CNRV",
    }  # fmt: skip
    unknown = editor.post(names, {**seen(editor, names), **rows, "organisation_2": "Nicio asemenea"})
    assert unknown.status_code == 422
    near = editor.post(names, {**seen(editor, names), **rows})
    if near.status_code == 422:
        rows["organisation_1"] = "https://portal.example/organizatii/pro-vobis/"
        near = editor.post(names, {**seen(editor, names), **rows})
    assert near.status_code == 302
    links = list(found.co_organiser_links.all())
    assert links[0].organisation.slug == "pro-vobis"
    assert links[0].name_as_printed == "Pro Vobis CNRV"
    twice = {**rows, "organisation_2": rows["organisation_1"]}
    assert editor.post(names, {**seen(editor, names), **twice}).status_code == 422

    theme = ThemeFactory()
    themes = page_of(found, "echipa/teme/")
    row = {"theme_0": str(theme.pk), "role_0": "central", "reason_0": "A cerut-o județul"}
    assert editor.post(themes, {**seen(editor, themes), **row}).status_code == 302
    link = found.theme_links.get()
    assert (link.theme, link.role, link.reason) == (theme, "central", "A cerut-o județul")
    assert editor.post(themes, {**seen(editor, themes), "theme_0": "999999"}).status_code == 422

    number = page_of(found, "echipa/numar/")
    assert editor.post(number, {**seen(editor, number), "number": "1"}).status_code == 422
    moved = editor.post(number, {**seen(editor, number), "number": "20"})
    assert moved["Location"] == "/videoconferinte/2021/20/echipa/"


def test_two_people_at_the_same_rows(editor: Client) -> None:
    found = VideoconferenceFactory(edition=EditionFactory(year=2027))
    one, other = ThemeFactory(), ThemeFactory()
    address = page_of(found, "echipa/teme/")
    mark = seen(editor, address)
    assert editor.post(address, {**mark, "theme_0": one.pk, "role_0": "other"}).status_code == 302
    page = editor.post(address, {**mark, "theme_0": other.pk, "role_0": "other"})
    assert page.status_code == 409
    assert one.label in page.text
    assert other.label in page.text
    assert found.theme_links.get().theme == one


def test_co_organisers_keep_their_own_and_find_no_other(client: Client) -> None:
    edition = EditionFactory(year=2027)
    own, other = (
        VideoconferenceFactory(
            edition=edition,
            number=number,
            meeting__status=MeetingStatus.DRAFT,
            meeting__starts_at=timezone.now() + timedelta(days=9),
            meeting__on_date=timezone.localdate(timezone.now() + timedelta(days=9)),
        )
        for number in (1, 2)
    )
    person = UserFactory()
    sign_in(client, person)
    assert client.get(PLAN).status_code == 404
    organisation = OrganisationFactory()
    CoOrganiserFactory(videoconference=own, organisation=organisation)
    Membership.objects.create(organisation=organisation, user=person, role=MemberRole.MEMBER)

    assert [row.videoconference for row in client.get(PLAN).context["rows"]] == [own]
    assert client.get(PLAN).context["coverage"] is None
    for page in ("echipa/", "echipa/zona/", "echipa/teme/", "copie/", "serie/"):
        assert client.get(page_of(own, page)).status_code == 200
        assert client.get(page_of(other, page)).status_code == 404
    for page in ("echipa/numar/", "echipa/co-organizatori/", "echipa/nimic/"):
        assert client.get(page_of(own, page)).status_code == 404
    assert f'href="{page_of(own, "echipa/numar/")}"' not in client.get(page_of(own)).text
    assert client.post(f"/intalniri/{own.meeting_id}/pas/schedule/").status_code == 302
    assert client.post(f"/intalniri/{other.meeting_id}/pas/schedule/").status_code == 404
    # A draft of somebody else's on the same day is not told.
    assert "Videoconferința" not in " ".join(client.get(page_of(own)).context["row"].warnings)


def test_the_page_of_the_team_counts_and_links(editor: Client) -> None:
    found = a_rich_one()
    RegistrationFactory(meeting=found.meeting, waiting=True)
    RegistrationFactory(meeting=found.meeting, ended=True)
    page = editor.get(page_of(found))
    numbers = page.context["numbers"]
    assert (numbers.registered, numbers.waiting, numbers.withdrawn, numbers.attended) == (1, 1, 1, 0)
    for part in (
        "inscrisi",
        "invitatii",
        "raspunsuri",
        "mesaje",
        "prezenta",
        "intrebari",
        "prezenta/raport",
        "dupa",
    ):
        assert f'href="/intalniri/{found.meeting_id}/{part}/"' in page.text
    assert editor.get(f"/intalniri/{found.meeting_id}/echipa/")["Location"] == page_of(found)
    assert found.meeting.join_url in page.text


def test_every_page_of_the_team_names_a_permission_that_exists() -> None:
    known = {permission.name for permission in permissions()}
    assert {page.permission for page in teampages._pages} <= known


def test_an_organisation_is_found_by_name_address_or_told_to_be_unclear() -> None:
    one = OrganisationFactory(legal_name="Asociația Lacul Roșu", slug="lacul-rosu")
    OrganisationFactory(legal_name="Asociația Pădurea")
    OrganisationFactory(legal_name="Asociația Pădurea")
    assert organisation_meant("asociatia lacul rosu") == (one, [])
    assert organisation_meant("/organizatii/lacul-rosu/") == (one, [])
    found, near = organisation_meant("Asociația Pădurea")
    assert found is None
    assert len(near) == 2
    for words in ("", "\u202e", "…", "%", "х" * 300):
        assert organisation_meant(words)[0] is None
