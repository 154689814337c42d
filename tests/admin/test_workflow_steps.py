"""Buttons of workflows: GET explains and changes nothing, POST makes the step once, refusals keep what was typed."""

from threading import Thread

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from core.accounts.choices import Role
from core.accounts.models import User
from core.models import StateChange
from core.pages.models import Feedback
from core.workflow import workflows
from meetings.choices import MeetingStatus
from organisations.choices import RegisterStatus
from tests.admin.world import NOON, a_meeting, a_videoconference, an_edition, an_organisation, populate
from tests.factories.accounts import staff_client

pytestmark = pytest.mark.django_db


def step(record, name):
    opts = record._meta
    return f"/admin/{opts.app_label}/{opts.model_name}/{record.pk}/step/{name}/"


def steps_made(record) -> int:
    kind = ContentType.objects.get_for_model(record)
    return StateChange.objects.filter(content_type=kind, object_id=str(record.pk)).count()


def test_get_explains_and_changes_nothing():
    organisation = an_organisation()
    page = staff_client().get(step(organisation, "suspend"))

    assert "Starea trece din „Consemnată din documente” în „Suspendată”." in page.text
    organisation.refresh_from_db()
    assert organisation.register_status == RegisterStatus.RECORDED
    assert steps_made(organisation) == 0


def test_post_makes_the_step_and_history_tells_it():
    organisation = an_organisation()
    client = staff_client()
    answer = client.post(step(organisation, "suspend"), {"reason": "Cererea din 3 mai"}, follow=True)

    organisation.refresh_from_db()
    assert organisation.register_status == RegisterStatus.SUSPENDED
    assert "S-a făcut: starea este acum „Suspendată”." in answer.text
    history = client.get(f"/admin/organisations/organisation/{organisation.pk}/history/").text
    assert "Cererea din 3 mai" in history
    assert "Consemnată din documente" in history


def test_missing_reason_is_asked_for_at_the_field():
    organisation = an_organisation()
    page = staff_client().post(step(organisation, "suspend"), {"reason": "  "})

    assert "Scrieți motivul." in page.text
    assert steps_made(organisation) == 0


def test_refusal_is_calm_and_keeps_the_reason():
    organisation = an_organisation()
    page = staff_client().post(step(organisation, "list"), {"reason": "Verificat de două ori"})

    assert "Pasul nu s-a făcut. Nu s-a schimbat nimic." in page.text
    assert "Lipsește județul sediului." in page.text
    assert "Verificat de două ori" in page.text
    assert steps_made(organisation) == 0


def test_step_out_of_another_state_is_said_and_refused():
    organisation = an_organisation()
    client = staff_client()
    client.post(step(organisation, "withdraw"), {"reason": "la cerere"})
    again = client.post(step(organisation, "withdraw"), {"reason": "la cerere"})

    assert "Acest pas nu mai este posibil" in again.text
    assert steps_made(organisation) == 1


def test_auditor_has_no_buttons_and_is_refused():
    organisation = an_organisation()
    client = staff_client(Role.AUDITOR)

    assert "/step/" not in client.get(f"/admin/organisations/organisation/{organisation.pk}/change/").text
    assert client.get(step(organisation, "suspend")).status_code == 403
    assert client.post(step(organisation, "suspend"), {"reason": "x"}).status_code == 403
    assert steps_made(organisation) == 0


def test_unknown_step_and_record_are_not_found():
    organisation = an_organisation()
    client = staff_client()

    assert client.get(step(organisation, "fly")).status_code == 404
    assert client.get("/admin/organisations/organisation/999999/step/suspend/").status_code == 404


def test_state_is_not_taken_from_the_form():
    feedback = Feedback.objects.create(kind="other", message="Bună ziua", language="ro")
    staff_client().post(
        f"/admin/pages/feedback/{feedback.pk}/change/", {"status": "closed", "message": "altceva"}
    )

    feedback.refresh_from_db()
    assert (feedback.status, feedback.message) == ("new", "Bună ziua")


def test_videoconference_is_published_by_its_meeting():
    videoconference = a_videoconference(an_edition())
    client = staff_client(Role.EDITOR)
    refused = client.post(step(videoconference, "schedule"), {"reason": ""})
    videoconference.meeting.starts_at = NOON
    videoconference.meeting.save()
    client.post(step(videoconference, "schedule"), {"reason": ""})

    assert "scrieți ora la care începe" in refused.text
    videoconference.meeting.refresh_from_db()
    assert videoconference.meeting.status == MeetingStatus.SCHEDULED


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_makes_the_step():
    meeting = a_meeting(kind="training", status=MeetingStatus.SCHEDULED)
    clients = [staff_client(), staff_client()]
    pages = []

    def press(client):
        pages.append(client.post(step(meeting, "cancel"), {"reason": "vreme rea"}))
        connection.close()

    presses = [Thread(target=press, args=[client]) for client in clients]
    for one in presses:
        one.start()
    for one in presses:
        one.join()

    assert sorted(page.status_code for page in pages) == [200, 302]
    assert steps_made(meeting) == 1


def test_no_form_and_no_file_sets_a_state(rf):
    """By each page of a model that has a workflow, and by each file that the admin takes."""
    records = populate()
    request = rf.get("/")
    request.user = User.objects.create_superuser("sef@example.org", full_name="Șefa")
    stateful = {workflow.model: workflow for workflow in workflows()}
    for model, model_admin in admin.site._registry.items():
        workflow = stateful.get(model)
        if workflow is not None:
            for record in (None, records[model]):
                form = model_admin.get_form(request, record, change=record is not None)
                assert workflow.field not in form.base_fields, (model, record)
        resource = getattr(model_admin, "import_resource", None)
        states = {workflow.field for workflow in stateful.values()}
        for field in resource().fields.values() if resource else ():
            if (field.attribute or "").rpartition("__")[2] in states:
                assert field.readonly, (resource, field.attribute)
    assert {model for model in stateful if admin.site.is_registered(model)} == set(stateful)
