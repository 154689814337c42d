"""The demo's people: one a role, able to sign in as printed, and nowhere but in the demo."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.utils import timezone

from core.accounts.choices import GRANTED_ROLES, STAFF_ROLES, Role
from core.accounts.models import User
from core.accounts.one_time_code import current_code
from meetings.checks import day_warnings
from meetings.choices import MeetingStatus
from meetings.models import AgendaItem, Meeting
from organisations.choices import Represents
from organisations.models import (
    AssociativeStructure,
    Membership,
    RecordReport,
    StructureRepresentative,
    Submission,
)
from organisations.services.enrolment import withdraw_submission
from programmes.models import Edition
from promotori.demo import demo_people
from promotori.environment import DEMO_SECRET_PREFIX
from tests.factories.organisations import DomainFactory
from tests.factories.territory import CountyFactory, UatFactory
from videoconferences.models import Videoconference

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings):
    settings.PORTAL_MODE = "demo"
    county = CountyFactory(code="IS")
    UatFactory(county=county, name="Iași", type="municipiu")
    UatFactory(county=county, name="Pașcani", type="municipiu")
    DomainFactory()
    AssociativeStructure.objects.create(
        acronym="AOR", slug="aor", name="Asociația Orașelor din România", represents=Represents.TOWN
    )


@pytest.mark.parametrize("command", [("load_demo", "--wet-run"), ("show_demo_people",), ("demo_code",)])
@pytest.mark.parametrize("mode", ["production", "test"])
def test_outside_the_demo_nothing_is_made_or_printed(settings, capsys, command, mode):
    settings.PORTAL_MODE = mode
    with pytest.raises(CommandError):
        call_command(*command)
    assert User.objects.count() == 0
    assert DEMO_SECRET_PREFIX not in capsys.readouterr().out


def test_without_wet_run_nothing_is_written(demo):
    call_command("load_demo")
    assert User.objects.count() == 0


def test_one_person_of_each_role_however_often_it_is_loaded(demo):
    for _time in range(2):
        call_command("load_demo", "--wet-run")

    people = {person.role: User.objects.get(email=person.email) for person in demo_people()}
    assert set(people) == {*Role, None}
    assert User.objects.exclude(email__startswith="solicitant-").count() == len(Role) + 1
    for role, user in people.items():
        assert user.full_name.endswith("(exemplu)")
        assert user.roles == ({role} if role in GRANTED_ROLES else frozenset())
        assert Authenticator.objects.filter(user=user).exists() is (role in STAFF_ROLES)
    assert Membership.objects.count() == 2
    assert StructureRepresentative.objects.count() == 1


def test_requests_wait_for_a_moderator_and_what_was_decided_stays_so(demo):
    call_command("load_demo", "--wet-run")
    waiting = Submission.objects.waiting()
    assert [each.kind for each in waiting] == ["enrolment", "claim", "enrolment"]
    assert all(each.name.endswith("(exemplu)") for each in waiting)
    assert [each.versions.count() for each in waiting] == [1, 2, 1]
    assert RecordReport.objects.count() == 1

    withdraw_submission(submission=waiting[0], actor=waiting[0].applicant)
    call_command("load_demo", "--wet-run")

    assert Submission.objects.waiting().count() == 2
    assert RecordReport.objects.count() == 1


def test_whoever_has_no_organisation_yet_signs_in_too(demo, client, capsys):
    call_command("load_demo", "--wet-run")
    call_command("show_demo_people")
    line = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("Persoană fără"))
    email, password = line.split()[3:5]

    client.post("/cont/autentificare/", {"login": email, "password": password})

    assert "Acum nu vă așteaptă nimic." in client.get("/cont/").text


def test_a_person_of_the_team_signs_in_with_what_is_printed(demo, client, capsys):
    call_command("load_demo", "--wet-run")
    call_command("show_demo_people")
    line = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("Administrator"))
    email, password = line.split()[1:3]

    client.post("/cont/autentificare/", {"login": email, "password": password})
    client.post("/cont/securitate/cod/", {"code": current_code()[0]})

    assert client.get("/admin/").status_code == 200


def test_the_example_is_made_once_moves_ahead_and_stays_out_of_the_figures(demo, client):
    Edition.objects.create(year=2021, number=2, status="archived")
    for _time in range(2):
        call_command("load_demo", "--wet-run")
    example = Edition.objects.get(is_example=True)
    found = Videoconference.objects.get(edition=example)
    assert found.meeting.status == MeetingStatus.SCHEDULED
    assert found.meeting.begins_at > timezone.now()
    assert not day_warnings(found.meeting.on_date)
    assert "exemplu" in found.meeting.title
    assert AgendaItem.objects.count() == 4
    assert client.get("/").context["page"].edition.year == 2021
    assert client.get("/").context["page"].upcoming is None
    page = client.get("/videoconferinte/")
    assert page.context["count_text"] == "0 videoconferințe"
    assert [line["badge"] for line in page.context["entries"]] == ["Exemplu"]
    assert "inventată" in client.get(found.get_absolute_url()).text

    Meeting.objects.filter(pk=found.meeting_id).update(
        on_date="2026-01-14", starts_at="2026-01-14T08:00Z", ends_at=None
    )
    call_command("load_demo", "--wet-run")
    assert Videoconference.objects.get(edition=example).meeting.begins_at > timezone.now()
