"""The start page counts truly, links to the list that it counts, and shows each person only what they may view."""

from datetime import date, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import strip_tags

from core.accounts.choices import Role
from core.pages.models import Feedback
from core.territory.models import Region
from core.workflow import remember
from organisations.choices import RegisterStatus
from organisations.models import RecordReport, SubmissionVersion
from programmes.models import EditionPhase, StatedFigure
from tests.admin.world import NOON, a_meeting, a_request, a_videoconference, an_edition, an_organisation
from tests.factories.accounts import UserFactory, staff_client
from tests.factories.territory import load_counties
from videoconferences.models import CoOrganiser

pytestmark = pytest.mark.django_db


def waiting(client):
    return {item.sentence: item for item in client.get("/admin/").context["waiting"]}


def shown_rows(client, url) -> int:
    return client.get(url).context["cl"].result_count


def test_counts_are_true_and_lead_to_what_they_count():
    edition = an_edition()
    EditionPhase.objects.create(edition=edition, phase="closing", opens_at=timezone.now() - timedelta(days=1))
    for number in range(3):
        Feedback.objects.create(kind="other", message=f"Mesajul {number}", language="ro")
    an_organisation(1, register_status=RegisterStatus.DRAFT)
    asked = an_organisation(2, register_status=RegisterStatus.SUBMITTED)
    a_request(asked)
    a_request(
        an_organisation(4, register_status=RegisterStatus.LISTED, listed_on=NOON), lodged_at=timezone.now()
    )
    SubmissionVersion.objects.exclude(submission__organisation=asked).update(lodged_at=timezone.now())
    RecordReport.objects.create(organisation=asked, reason="gone", message="Nu mai există.", language="ro")
    an_organisation(3)
    a_videoconference(edition, 1, meeting=a_meeting(title="Fără oră", status="held"))
    a_videoconference(edition, 2, meeting=a_meeting(title="Ciornă", status="draft", starts_at=NOON))
    a_meeting(kind="training", title="Trecută", status="scheduled", on_date=date(2021, 5, 1))
    client = staff_client(Role.EDITOR)

    found = waiting(client)
    assert sorted(found) == sorted(
        [
            "3 mesaje așteaptă răspuns",
            "1 organizație este ciornă",
            "2 cereri așteaptă o decizie",
            "1 cerere așteaptă de mai mult de 10 zile lucrătoare",
            "1 sesizare a unui cititor așteaptă",
            "1 organizație consemnată din documente nu are județ",
            "1 videoconferință este ciornă",
            "1 videoconferință nu are oră",
            "1 întâlnire a trecut și nu este marcată ca desfășurată",
            "1 ediție are o etapă a cărei dată a trecut",
        ]
    )
    assert {sentence: shown_rows(client, item.url) for sentence, item in found.items()} == {
        sentence: item.count for sentence, item in found.items()
    }


def test_nothing_waits_in_an_empty_portal():
    page = staff_client().get("/admin/").text

    assert "Acum nu așteaptă nimic." in page
    assert "Ce nu se potrivește" not in page


def test_contradictions_of_the_sources_are_shown_and_not_solved():
    load_counties()
    edition = an_edition()
    StatedFigure.objects.create(edition=edition, kind="promoters", value=19, source="Sinteza")
    videoconference = a_videoconference(edition, meeting=a_meeting(status="held"))
    videoconference.regions.set(Region.objects.exclude(name="Sud-Muntenia"))
    for number in range(20):
        CoOrganiser.objects.create(videoconference=videoconference, organisation=an_organisation(number))
    text = " ".join(strip_tags(staff_client().get("/admin/").text).split())

    assert "promotori declarați – 19, coorganizatori numiți în calendar – 20, mandate consemnate – 0" in text
    assert "Regiuni fără videoconferință în ediția 2021: Sud-Muntenia." in text
    assert "7 județe nu au nicio videoconferință în ediția 2021: Argeș, Călărași, Dâmbovița" in text


def test_latest_changes_leave_out_what_the_reader_may_not_view():
    administrator = staff_client()
    administrator.post(
        "/admin/accounts/user/add/",
        {
            "full_name": "Persoana Ascunsă",
            "email": "p@example.org",
            "language": "ro",
            "is_active": "on",
            "role_grants-TOTAL_FORMS": "0",
            "role_grants-INITIAL_FORMS": "0",
        },
    )

    assert LogEntry.objects.count() == 1
    assert "Persoana Ascunsă" in administrator.get("/admin/").text
    assert "Persoana Ascunsă" not in staff_client(Role.EDITOR).get("/admin/").text


def test_queries_do_not_grow_with_the_data():
    client = staff_client()
    edition = an_edition()
    a_videoconference(edition)
    client.get("/admin/")
    small = _queries(client, "/admin/")
    for number in range(2, 30):
        a_videoconference(edition, number)
        an_organisation(number)
        Feedback.objects.create(kind="other", message="x", language="ro")

    assert _queries(client, "/admin/") == small <= 26


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/admin/organisations/organisation/", 12),
        ("/admin/videoconferences/videoconference/", 12),
        ("/admin/videoconferences/coorganiser/", 12),
        ("/admin/accounts/user/", 12),
        ("/admin/core/statechange/", 12),
    ],
)
def test_lists_ask_the_database_as_often_at_any_size(address, most):
    client = staff_client()
    edition = an_edition()

    def more(numbers):
        for number in numbers:
            organisation = an_organisation(number)
            videoconference = a_videoconference(edition, number + 1)
            CoOrganiser.objects.create(videoconference=videoconference, organisation=organisation)
            remember(
                organisation,
                name="list",
                source="draft",
                target="listed",
                actor=UserFactory(roles=["editor"]),
            )

    more(range(2))
    client.get(address)
    small = _queries(client, address)
    more(range(2, 22))

    assert _queries(client, address) == small <= most


def _queries(client, address) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
