"""A file of organisations: read, looked at, confirmed, applied once; whatever is wrong is said by line and column."""

import csv
import io
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from core import sheets
from core.accounts.choices import Role
from core.jobs import services as jobs
from core.jobs.models import Job
from organisations.choices import LineKind, LineOutcome
from organisations.models import Domain, FormerSlug, ImportLine, Organisation, RegistryImport
from organisations.services import applying, importing
from tests.admin.world import an_organisation
from tests.factories.accounts import UserFactory, sign_in, staff_client
from tests.factories.territory import CountyFactory, UatFactory

pytestmark = pytest.mark.django_db
ADD = "/admin/organisations/registryimport/add/"


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def editor() -> Client:
    return sign_in(Client(), UserFactory(roles=[Role.EDITOR]))


def brought(client: Client, content: str | bytes, name: str = "date.csv") -> RegistryImport:
    """The import after its file was sent and read."""
    data = content.encode() if isinstance(content, str) else content
    answer = client.post(ADD, {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302, answer.text
    work()
    return RegistryImport.objects.latest("pk")


def work() -> None:
    """What the worker would do."""
    for job in Job.objects.under_way().order_by("created_at"):
        jobs.run(pk=str(job.pk))


def kinds(found: RegistryImport) -> list[str]:
    return list(found.lines.values_list("kind", flat=True))


def faults(found: RegistryImport) -> dict[int, list[list[str]]]:
    return dict(found.lines.filter(kind=LineKind.REFUSED).values_list("number", "faults"))


def page(client: Client, found: RegistryImport, query: str = "") -> str:
    return client.get(f"/admin/organisations/registryimport/{found.pk}/change/{query}").text


def confirm(client: Client, found: RegistryImport) -> None:
    client.post(f"/admin/organisations/registryimport/{found.pk}/apply/")
    work()
    found.refresh_from_db()


def test_file_is_read_shown_and_applied_once(editor):
    uat = UatFactory(county=CountyFactory(code="BV", name="Brașov"), name="Făgăraș")
    social = Domain.objects.create(code="social", name="Social", name_en="Social")
    an_organisation(1, cui="18547290", acronym="VECHI", summary="Rămâne")
    an_organisation(2)
    found = brought(
        editor,
        "Denumirea legală;CUI;Acronim;Localitate;Judeţ;Domenii;Culoare\n"
        "Asociaţia Nouă;;AN;Făgăraş;Braşov;Social;verde\n"
        "Asociația Exemplu 1;RO 18547290;NOU;;;;\n"
        "\n"
        ";;;;;;roșu\n"
        "Rea;123;;;Atlantida;;\n",
    )
    shown = page(editor, found)
    before = Organisation.objects.count()
    refused = page(editor, found, "?fel=refused")

    assert kinds(found) == ["new", "changed", "refused", "refused"]
    assert "<del>VECHI</del> → <ins>NOU</ins>" in shown
    assert "Culoare" in shown
    assert set(faults(found)) == {5, 6}
    assert "Rândul 6" in refused
    assert "Nu există un județ cu numele „Atlantida”." in refused
    confirm(editor, found)
    confirm(editor, found)

    made = Organisation.objects.get(legal_name="Asociația Nouă")
    assert Organisation.objects.count() == before + 1
    assert (made.register_status, made.seat, made.county) == ("draft", uat, uat.county)
    assert list(made.domains.all()) == [social]
    changed = Organisation.objects.get(cui="18547290")
    assert (changed.acronym, changed.summary) == ("NOU", "Rămâne")
    version = changed.history.first()
    assert (version.history_change_reason, str(version.history_user)) == (
        "date.csv, rândul 3",
        str(found.uploaded_by),
    )
    assert "Intrate: 2" in " ".join(page(editor, found).split()).replace("</a>", "")


def test_every_fault_is_said_by_line_and_column(editor):
    brasov, cluj = CountyFactory(code="BV"), CountyFactory(code="CJ")
    uat = UatFactory(county=brasov)
    an_organisation(1, legal_name="Asociația Brașov", slug="asociatia-brasov")
    an_organisation(2, cui="18547290")
    FormerSlug.objects.create(slug="veche", organisation=Organisation.objects.get(slug="exemplu-2"))
    header = (
        "Denumirea legală,CUI,Sediu: cod SIRUTA,Sediu: cod județ,Data registrului instanței,Forma juridică"
    )
    header += ",Adresa paginii,Tip,Parte din (adresa)"
    lines = [
        "Asociatia Brasov,,,,,,,,",
        "Una,,,,31.02.2020,,,,",
        "Doua,,,,,partid,,,",
        f"Trei,,{uat.code},{cluj.code},,,,,",
        "Patru,,000000,,,,,,",
        "Cinci,,,,,,veche,,",
        "Șase,,,,,,HARTA,,",
        "Șapte,18547290,,,,,asociatia-brasov,,",
        ",4221306,,,,,,,",
        "X" * 301 + ",,,,,,,,",
        "Nouă,,,,,,,legal-person,exemplu-2",
        "Zece,4221306,,,,,,,",
        "Zece din nou,4221306,,,,,,,",
        "Asociația Brașov,14841550,,,,,,,",
        "Bună,,,,,,,,,,prea,multe",
    ]
    found = brought(editor, "\n".join([header, *lines]))
    said = {
        number: " ".join(sentence for _column, sentence in reasons)
        for number, reasons in faults(found).items()
    }

    expected = {
        2: "Există o organizație cu această denumire, cu adresa „asociatia-brasov”.",
        3: "„31.02.2020” nu este o dată",
        4: "„partid” nu este una dintre",
        5: "Localitatea nu este în județul din rând.",
        6: "codul SIRUTA „000000”",
        7: "„veche” a fost",
        8: "O adresă are litere mici",
        9: "CUI-ul este al unei organizații, iar adresa este a alteia.",
        10: "O organizație nouă are nevoie de denumirea legală.",
        11: "Textul are 301 caractere",
        12: "O persoană juridică nu este parte",
        14: "Rândul 13 spune aceeași organizație.",
        15: "fără CUI. Dați și adresa ei: „asociatia-brasov”.",
        16: "Rândul are mai multe celule decât antetul.",
    }
    assert {number: words in said.get(number, "") for number, words in expected.items()} == dict.fromkeys(
        expected, True
    ), said
    assert kinds(found).count("new") == 1
    assert faults(found)[3][0][0] == "Data registrului instanței"
    file = b"".join(editor.get(f"/admin/organisations/registryimport/{found.pk}/faults/?format=csv"))
    rows = list(csv.reader(io.StringIO(file.decode("utf-8-sig"))))
    assert rows[0][:3] == ["Rândul", "Motive", "Denumirea legală"]
    assert [row[0] for row in rows[1:]] == [str(number) for number in expected]
    book = editor.get(f"/admin/organisations/registryimport/{found.pk}/faults/?format=xlsx").content
    assert openpyxl.load_workbook(io.BytesIO(book)).active["B3"].value == rows[2][1]
    again = brought(editor, file)
    assert again.unknown == ["Rândul", "Motive"]


def workbook(*rows: list) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        "\ufeffDenumirea legală,Acronim\nAsociaţia Ţară,AT\n".encode(),
        "Denumirea legală;Acronim\r\nAsociaţia Ţară;AT\r\n".encode("cp1250"),
        "Denumirea legală\tAcronim\nAsociația Țară\tAT\n".encode("utf-16"),
        "name|acronym\nAsociația Țară|AT\n".encode(),
        workbook(["DENUMIREA LEGALA", " acronim "], ["Asociaţia Ţară", "AT"]),
    ],
)
def test_spellings_of_files(editor, content):
    found = brought(editor, content)
    confirm(editor, found)

    made = Organisation.objects.get()
    assert (made.legal_name, made.acronym) == ("Asociația Țară", "AT")


def test_formulas_are_text_and_numbers_are_what_they_show(editor):
    found = brought(
        editor,
        workbook(
            ["Denumirea legală", "Acronim", "CUI"],
            ['=HYPERLINK("http://x")', 2021.0, 18547290],
            ["'=1+1", "", ""],
        ),
        "a.xlsx",
    )
    confirm(editor, found)

    assert set(Organisation.objects.values_list("legal_name", "acronym", "cui")) == {
        ('=HYPERLINK("http://x")', "2021", "18547290"),
        ("=1+1", "", ""),
    }


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"x")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 2_000_000)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 900, "Fișierul nu este nici registru de calcul"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 900, "de tip vechi"),
        (b"PK\x03\x04broken", "nici registru de calcul"),
        (b"Alta\nx\n", "Primul rând nu numește nicio coloană"),
        (b"CUI,CIF\n1,2\n", "spun același lucru"),
        (b"\n\n", "Fișierul este gol."),
        (("CUI\n" + "x,\n" * 1_201).encode(), "mai mult de 1.200 de rânduri"),
        (("CUI\n" + '"' + "x" * 200_000).encode(), "nu poate fi citit"),
        (("CUI\n" + "x," * 300 + "x\n").encode(), "mai mult de 100 de coloane"),
    ],
)
def test_file_that_is_none_is_refused_in_words(editor, content, words, monkeypatch):
    monkeypatch.setattr(sheets, "MAX_LINES", 1_200)
    found = brought(editor, content)

    assert words in found.fault
    assert not found.lines.exists()
    assert words in page(editor, found)
    assert Job.objects.get().status == "done"


def test_bomb_is_not_unpacked(editor, monkeypatch):
    monkeypatch.setattr(sheets, "_MAX_UNPACKED", 1_000_000)
    assert "prea mare" in brought(editor, bomb()).fault


def test_record_that_changed_meanwhile_is_told_and_not_overwritten(editor):
    organisation = an_organisation(1, acronym="A")
    an_organisation(2, acronym="B")
    found = brought(editor, "Adresa paginii,Acronim\nexemplu-1,Z\nexemplu-2,Y\n")
    other = brought(editor, "Denumirea legală,CUI,Adresa\nNouă,18547290,\nAlta,,alta\nAsociația de azi,,\n")
    Organisation.objects.filter(pk=organisation.pk).update(acronym="C")
    confirm(editor, found)
    an_organisation(3, cui="18547290")
    an_organisation(4, slug="alta")
    an_organisation(5, legal_name="ASOCIATIA DE AZI")
    confirm(editor, other)

    assert set(
        Organisation.objects.filter(slug__in=["exemplu-1", "exemplu-2"]).values_list("acronym", flat=True)
    ) == {
        "C",
        "Y",
    }
    assert [line.outcome for line in found.lines.all()] == [LineOutcome.STALE, LineOutcome.DONE]
    assert {line.outcome for line in other.lines.all()} == {LineOutcome.STALE}
    assert "s-a schimbat între timp" in page(editor, found).lower()


def test_work_that_was_cut_off_goes_on_where_it_stopped(editor, monkeypatch):
    monkeypatch.setattr(applying, "BATCH", 2)
    found = brought(editor, "Denumirea legală\n" + "".join(f"Asociația {n}\n" for n in range(7)))
    # A reader that was killed half way begins anew.
    ImportLine.objects.filter(number__gt=3).delete()
    RegistryImport.objects.update(read_at=None)
    reading = found.reading
    Job.objects.filter(pk=reading.pk).update(status="queued", ended_at=None)
    work()
    found.refresh_from_db()
    assert found.lines.count() == 7
    write = applying._Writer.write
    calls = []

    def killed(*args):
        write(*args)
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(applying._Writer, "write", killed)
    editor.post(f"/admin/organisations/registryimport/{found.pk}/apply/")
    with pytest.raises(KeyboardInterrupt):
        work()
    assert Organisation.objects.count() == 2
    Job.objects.filter(status="running").update(heartbeat_at=timezone.now() - timezone.timedelta(minutes=3))
    jobs.find_lost(now=timezone.now())
    work()

    found.refresh_from_db()
    assert Organisation.objects.count() == 7
    assert found.applied_at is not None
    assert ImportLine.objects.filter(outcome=LineOutcome.DONE).count() == 7


def test_who_may_and_what_is_erased(editor, django_capture_on_commit_callbacks):
    found = brought(editor, "Denumirea legală\nUna\n")
    auditor = staff_client(Role.AUDITOR)
    address = f"/admin/organisations/registryimport/{found.pk}/"

    assert auditor.get(ADD).status_code == 403
    assert auditor.get(f"{address}change/").status_code == 200
    assert auditor.post(f"{address}apply/").status_code == 403
    assert editor.get(f"{address}apply/").status_code == 302
    assert not Organisation.objects.exists()
    missing = editor.post(ADD, {})
    assert "Alegeți un fișier." in missing.text
    for query in ("?fel=x&p=z", "?rezultat=done&p=99", "?fel=new&rezultat=%00"):
        assert page(editor, found, query)
    RegistryImport.objects.update(uploaded_at=timezone.now() - importing.KEPT)
    with django_capture_on_commit_callbacks(execute=True):
        assert importing.erase_old_imports(now=timezone.now()) == 1
    assert not found.file.storage.exists(found.file.name)
    assert not ImportLine.objects.exists()


def test_export_comes_back_and_changes_nothing(editor):
    uat = UatFactory(county=CountyFactory(code="BV"))
    whole = an_organisation(
        1, seat=uat, county=uat.county, legal_name='=HYPERLINK("http://x")', summary="@SUM(A1)"
    )
    an_organisation(2, kind="branch", parent=whole, legal_form="asociatie", level="local")
    for file_format in ("0", "1"):
        file = editor.post(
            "/admin/organisations/organisation/export/", {"format": file_format, "resource": "0"}
        )
        found = brought(editor, file.content)
        assert kinds(found) == ["unchanged", "unchanged"], list(found.lines.values("faults", "shown"))
        assert found.unknown == []


def test_namesakes_of_other_counties_are_others(editor):
    CountyFactory(code="CJ")
    an_organisation(
        1, legal_name="Asociația Peste Tot", slug="asociatia-peste-tot", county=CountyFactory(code="BV")
    )
    text = "Denumirea legală,Sediu: cod județ,Adresa\nAsociația Peste,BV,\nAsociația Peste Tot,CJ,\nUna,,Adresa-Una\n"
    confirm(editor, brought(editor, text))
    again = brought(editor, text)

    slugs = set(Organisation.objects.values_list("slug", flat=True))
    assert slugs == {"asociatia-peste-tot", "asociatia-peste", "asociatia-peste-tot-cj", "adresa-una"}
    assert kinds(again) == ["refused", "refused", "unchanged"]
