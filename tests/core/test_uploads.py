"""Uploaded files are what their names say, small enough, and run nowhere."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from core.uploads import KINDS, MAX_MEGABYTES, validate_document
from meetings.models import Material
from programmes.models import EditionDocument
from tests.factories.meetings import MeetingFactory
from tests.factories.programmes import EditionDocumentFactory


def packed(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


WORD = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"}
GOOD = {
    "pdf": b"%PDF-1.7\n",
    "docx": packed(**WORD),
    "xlsx": packed(**{"[Content_Types].xml": b"", "xl/workbook.xml": b""}),
    "odt": packed(mimetype=b"application/vnd.oasis.opendocument.text"),
    "ods": packed(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"),
    "csv": "județ;număr\nBrașov;1\n".encode(),
    "txt": b"\xef\xbb\xbfun text",
}


def refusal(name: str, content: bytes) -> str:
    """What is said of the file; empty when it is taken."""
    document = EditionDocument(file=ContentFile(content, name))
    try:
        validate_document(document.file)
    except ValidationError as error:
        return " ".join(error.messages)
    assert document.file.read() == content, "the check left the file half read"
    return ""


def test_every_kind_is_tried():
    assert set(GOOD) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_file_is_taken_under_its_own_kind_alone(kind):
    assert refusal(f"Fișier.{kind.upper()}", GOOD[kind]) == ""
    for other in set(KINDS) - {kind, "txt", "csv"}:
        assert refusal(f"fisier.{other}", GOOD[kind]), other


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("pagina.html", b"<script>alert(1)</script>", "Sunt primite: pdf"),
        ("fara-nume", b"x", "Sunt primite: pdf"),
        ("calendar.pdf.exe", b"%PDF-1.7", "Sunt primite: pdf"),
        ("calendar.pdf", b"<html>%PDF-1.7", "(.pdf)"),
        ("gol.pdf", b"", "(.pdf)"),
        ("macro.docx", packed(**WORD, **{"word/vbaProject.bin": b""}), "macrocomenzi"),
        ("arhiva.docx", packed(**{"pagina.html": b"x"}), "(.docx)"),
        ("stricat.odt", b"PK\x03\x04rest", "(.odt)"),
        ("date.csv", "Brașov".encode("cp1250", "replace") + b"\xba", "UTF-8"),
        ("date.txt", b"a\x00b", "UTF-8"),
        ("mare.pdf", b"%PDF-" + b"0" * (MAX_MEGABYTES * 1024**2), f"cel mult {MAX_MEGABYTES} MB"),
    ],
)
def test_other_files_are_refused_with_what_to_do(name, content, said):
    assert said in refusal(name, content)


@pytest.mark.django_db
def test_stored_file_is_not_read_again():
    document = EditionDocumentFactory(file=ContentFile(b"x", "vechi.txt"))
    document.file.storage.delete(document.file.name)

    document.full_clean()


@pytest.mark.django_db
def test_materials_of_meetings_are_checked_too():
    with pytest.raises(ValidationError, match="Sunt primite"):
        Material(meeting=MeetingFactory(), title="M", file=ContentFile(b"x", "m.svg")).full_clean()


@pytest.mark.django_db
def test_pdf_opens_in_the_browser_and_is_never_guessed_at(client):
    EditionDocumentFactory(slug="calendar", file=ContentFile(GOOD["pdf"], "c.pdf"))

    answer = client.get("/documente/calendar/fisier")

    assert answer["Content-Disposition"] == 'inline; filename="calendar.pdf"'
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
