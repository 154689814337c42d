"""Files in and out: previews, refusals by row and reason, one transaction, nothing a spreadsheet would run."""

import csv
import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.accounts.choices import Role
from core.sheets import escape_cell, unescape_cell
from organisations.models import (
    AssociativeStructure,
    OrganisationName,
    StructureMembership,
)
from programmes.models import Mandate
from tests.admin.world import a_videoconference, an_edition, an_organisation
from tests.factories.accounts import staff_client
from tests.factories.territory import CountyFactory, UatFactory
from videoconferences.models import CoOrganiser

pytestmark = pytest.mark.django_db
REGISTRY = "/admin/organisations/organisation/"
NAMES = "/admin/organisations/organisationname/"
XLSX, CSV = "0", "1"


def upload(client, text, address=NAMES, name="date.csv", form=CSV):
    content = text if isinstance(text, bytes) else text.encode()
    return client.post(
        f"{address}import/",
        {"import_file": SimpleUploadedFile(name, content), "format": form, "resource": "0"},
    )


def faults(preview) -> list[str]:
    result = preview.context["result"]
    rows = [str(error.error) for _, errors in result.row_errors() for error in errors]
    return [
        *(str(error.error) for error in result.base_errors),
        *rows,
        *(str(row.error) for row in result.invalid_rows),
    ]


def confirm(client, preview, address=NAMES):
    assert preview.context.get("confirm_form"), faults(preview)
    form = preview.context["confirm_form"]
    return client.post(
        f"{address}process_import/", {name: form.initial[name] for name in form.initial}, follow=True
    )


def exported(client, query="", form=CSV, address=REGISTRY):
    response = client.post(f"{address}export/{query}", {"format": form, "resource": "0"})
    assert response.status_code == 200, response.text
    return response


def rows_of(response):
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_names_enter_after_a_preview_and_change_nothing_the_second_time():
    organisation = an_organisation(1)
    client = staff_client(Role.EDITOR)
    book = openpyxl.Workbook()
    book.active.append(["Organizația (adresa)", "Denumirea", "Tip", "Sursa"])
    book.active.append(["exemplu-1", "Asociaţia Veche", "historic", 2021.0])
    file = io.BytesIO()
    book.save(file)
    preview = upload(client, file.getvalue(), name="a.xlsx", form=XLSX)
    before = OrganisationName.objects.count()
    confirm(client, preview)
    again = upload(client, file.getvalue(), name="a.xlsx", form=XLSX)

    assert before == 0
    name = OrganisationName.objects.get()
    assert (name.organisation, name.name, name.source) == (organisation, "Asociația Veche", "2021")
    assert [row.import_type for row in again.context["result"].rows] == ["skip"]


def test_faulty_rows_are_named_by_the_columns_of_the_file_and_nothing_enters():
    an_organisation(1)
    page = upload(
        staff_client(),
        "Organizația (adresa),Denumirea,Tip,De la\n"
        "exemplu-1,Bună,alias,\nnicaieri,Rea,alias,\nexemplu-1,Alta,ceva,\nexemplu-1,Ultima,alias,31.02.2020\n",
    )
    missing = upload(staff_client(), "Sursa\nX\n")

    assert "Nu există o organizație cu adresa „nicaieri”." in page.text
    assert "„ceva” nu este una dintre" in page.text
    assert "„31.02.2020” nu este o dată" in page.text
    assert not page.context.get("confirm_form")
    assert not OrganisationName.objects.exists()
    assert "<li>Din fișier lipsesc coloanele: " in missing.text
    assert "Rândul" not in missing.text


def test_confirmation_that_is_forged_or_late_changes_nothing():
    client = staff_client()
    for data in (
        {"import_file_name": "/etc/passwd", "format": CSV},
        {"import_file_name": "x", "format": "99"},
        {},
    ):
        answer = client.post(f"{NAMES}process_import/", data, follow=True)
        assert "Fișierul nu mai este păstrat aici." in answer.text


def test_data_that_changed_since_the_preview_stops_the_whole_file():
    first, second = an_organisation(1), an_organisation(2)
    client = staff_client()
    preview = upload(client, "Organizația (adresa),Denumirea,Tip\nexemplu-1,A,alias\nexemplu-2,B,alias\n")
    second.delete()
    answer = confirm(client, preview)

    assert "nu s-a importat nimic" in answer.text
    assert not first.names.exists()


def test_auditor_may_export_and_not_import():
    client = staff_client(Role.AUDITOR)

    assert client.get(f"{REGISTRY}export/").status_code == 200
    assert client.get(f"{REGISTRY}import/").status_code == 403
    assert client.get(f"{NAMES}import/").status_code == 403
    assert client.post(f"{NAMES}process_import/").status_code == 403
    editor = staff_client(Role.EDITOR)
    assert editor.get(f"{REGISTRY}import/").headers["Location"] == "/admin/organisations/registryimport/add/"
    assert f"{REGISTRY}import/" in editor.get(REGISTRY).text


@pytest.mark.parametrize(
    ("content", "name", "form"),
    [
        (b"\xff\xfe\x00broken", "a.csv", CSV),
        (b"not a workbook", "a.xlsx", XLSX),
        (b"", "a.csv", CSV),
        (b"Denumirea\n" + b"x\n" * 5001, "a.csv", CSV),
        (b"Alta coloana\nx\n", "a.csv", CSV),
        (b"Denumirea,Denumirea\nx,y\n", "a.csv", CSV),
        (b"Denumirea\nx,y,z\n", "a.csv", CSV),
        (("Organizația (adresa),Denumirea,Tip\n" + "x" * 5000 + ",\x00\n").encode(), "a.csv", CSV),
    ],
)
def test_hostile_file_is_refused_in_words(content, name, form):
    page = upload(staff_client(), content, name=name, form=form)

    assert page.status_code == 200
    assert not page.context.get("confirm_form")
    assert not OrganisationName.objects.exists()


@pytest.mark.parametrize("text", ["=1+1", "+40 21", "-1", "@SUM(A1)", "\t=1", "|calc", "%x"])
def test_cell_that_a_spreadsheet_would_run_is_escaped_and_read_back(text):
    assert escape_cell(text) == f"'{text}"
    assert unescape_cell(escape_cell(text)) == text


def test_export_is_safe_in_both_formats():
    an_organisation(legal_name='=HYPERLINK("http://x")', summary="@SUM(A1)", acronym="'obișnuit'")
    client = staff_client()
    file = exported(client)
    sheet = openpyxl.load_workbook(io.BytesIO(exported(client, form=XLSX).content)).active
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]

    assert rows_of(file)[0]["Denumirea legală"].startswith("'=HYPERLINK")
    assert all(cell.data_type != "f" for cell in cells)
    assert any(str(cell.value).startswith("'@SUM") for cell in cells)


def test_export_holds_what_is_filtered_and_searched():
    county = CountyFactory(code="BV")
    an_organisation(1, county=county)
    an_organisation(2, legal_name="Școala de Vară")
    client = staff_client()

    assert len(rows_of(exported(client))) == 2
    assert [row["Denumirea legală"] for row in rows_of(exported(client, "?q=scoala"))] == ["Școala de Vară"]
    assert [
        row["Sediu: cod județ"] for row in rows_of(exported(client, f"?county__id__exact={county.pk}&lipsa="))
    ] == ["BV"]


def test_export_queries_do_not_grow_with_the_rows():
    client = staff_client()
    for number in range(3):
        an_organisation(number)
    exported(client)
    small = _count(client)
    for number in range(10, 30):
        an_organisation(number)

    assert _count(client) == small


def _count(client) -> int:
    with CaptureQueriesContext(connection) as queries:
        exported(client)
    return len(queries)


def test_other_files_find_their_records_by_natural_keys():
    edition, organisation = an_edition(), an_organisation()
    a_videoconference(edition, number=3)
    client = staff_client()
    for address, text in (
        (
            "/admin/programmes/mandate/",
            "Ediția (anul),Organizația (adresa),Sursa,De la\n2021,exemplu-1,Decizia 1,15.03.2021\n",
        ),
        (
            "/admin/organisations/organisationname/",
            "Organizația (adresa),Denumirea,Tip\nexemplu-1,A.E.,printed\n",
        ),
        (
            "/admin/videoconferences/coorganiser/",
            "Ediția (anul),Nr. videoconferință,Organizația (adresa),Denumirea din calendar,Ordinea\n"
            "2021,3,exemplu-1,A E,2\n",
        ),
    ):
        for _ in range(2):
            preview = upload(client, text, address)
            assert preview.context.get("confirm_form"), preview.text
            confirm(client, preview, address)

    assert Mandate.objects.get().starts_on == date(2021, 3, 15)
    assert OrganisationName.objects.get().organisation == organisation
    assert CoOrganiser.objects.get().name_as_printed == "A E"


def test_members_of_a_structure_come_by_official_codes():
    AssociativeStructure.objects.create(acronym="ACoR", slug="acor", name="Comune", represents="comuna")
    uat = UatFactory(county=CountyFactory(code="BV"))
    client = staff_client()
    address = "/admin/organisations/structuremembership/"
    text = f"Structura (acronim),Cod SIRUTA,Sursa\nACoR,{uat.code},Statut\n"
    for _ in range(2):
        confirm(client, upload(client, text, address), address)
    wrong = upload(client, "Structura (acronim),Cod SIRUTA,Sursa\nACoR,000000,Statut\n", address)

    assert StructureMembership.objects.get().uat == uat
    assert "cu codul SIRUTA „000000”" in wrong.text
