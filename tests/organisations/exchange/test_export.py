"""Lists that leave: what is filtered, safe in a spreadsheet, written down; a long one by a job of its owner's."""

import csv
import io

import openpyxl
import pytest
from django.test import Client

from core.accounts.choices import Role
from core.admin import exchange
from core.exports import erase_old_exports
from core.jobs import services as jobs
from core.jobs.models import Job
from core.models import ExportLog
from tests.admin.world import an_organisation
from tests.factories.accounts import UserFactory, sign_in, staff_client

pytestmark = pytest.mark.django_db
LIST = "/admin/organisations/organisation/"


def export(client: Client, query: str = "", file_format: str = "1"):
    return client.post(f"{LIST}export/{query}", {"format": file_format, "resource": "0"})


def test_export_is_written_down_with_its_filters_and_shown_to_whoever_answers():
    an_organisation(1, legal_name="Școala de Vară")
    an_organisation(2)
    user = UserFactory(roles=[Role.EDITOR])
    export(sign_in(Client(), user), "?q=scoala&o=1")

    log = ExportLog.objects.get()
    assert (log.actor, log.what, log.rows, log.file_format) == (user, "organizații", 1, "csv")
    assert log.filters == {"q": "scoala"}
    for role, status in ((Role.ADMINISTRATOR, 200), (Role.AUDITOR, 200), (Role.EDITOR, 403)):
        assert staff_client(role).get("/admin/core/exportlog/").status_code == status
    assert staff_client().post(f"/admin/core/exportlog/{log.pk}/delete/").status_code == 403
    ExportLog.objects.update(at="2020-01-01T00:00Z")
    assert erase_old_exports(now=log.at) == 1


@pytest.mark.parametrize("file_format", ["0", "1"])
def test_long_list_is_written_by_a_job(monkeypatch, settings, tmp_path, file_format):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(exchange, "MOST_AT_ONCE", 2)
    for number in range(4):
        an_organisation(number, legal_name=f"=1+{number} zece")
    an_organisation(9, legal_name="Altceva")
    user = UserFactory(roles=[Role.EDITOR])
    client = sign_in(Client(), user)
    answer = export(client, "?q=zece", file_format)
    job = Job.objects.get()
    jobs.run(pk=str(job.pk))
    job.refresh_from_db()
    content = b"".join(client.get(f"{job.get_absolute_url()}fisier/"))

    assert answer.headers["Location"] == job.get_absolute_url()
    assert (job.status, job.error) == ("done", "")
    if file_format == "1":
        names = [row["Denumirea legală"] for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig")))]
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
        names = [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert names == [f"'=1+{number} zece" for number in range(4)]
    assert ExportLog.objects.get().rows == 4
    assert "4 rânduri" in client.get(job.get_absolute_url()).text


def test_right_that_was_lost_meanwhile_stops_the_job(monkeypatch):
    monkeypatch.setattr(exchange, "MOST_AT_ONCE", 0)
    an_organisation(1)
    user = UserFactory(roles=[Role.EDITOR])
    export(sign_in(Client(), user))
    user.role_grants.all().delete()
    job = Job.objects.get()
    jobs.run(pk=str(job.pk))
    job.refresh_from_db()

    assert job.status == "failed"
    assert "Nu aveți dreptul" in job.error
