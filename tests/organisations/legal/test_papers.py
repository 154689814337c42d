"""Each paper as a PDF form and as an office file: whole, labelled, accessible, without a place for personal numbers."""

import re
from io import BytesIO
from itertools import pairwise
from xml.etree import ElementTree
from zipfile import ZIP_STORED, ZipFile

import page
import pikepdf
import pytest

from core.documents.fillable import FONT, encoding
from core.documents.fonts import FAMILIES
from core.documents.opendocument import MEDIA_TYPE
from core.documents.rendering import draw_document
from core.documents.resources import read_static
from organisations.legal.papers import Fields, Heading, Table, all_papers, find_paper
from organisations.office import build_paper_odt
from organisations.pdf import prepare_paper_pdf
from tests.documents.inspection import elements, font_families, heading_levels, open_pdf, reading_text

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
PERSONAL = re.compile(r"cnp|numeric|act(ul)? de identitate|seria", re.I)


def squeezed(text: str) -> str:
    return "".join(text.split())


def labels(paper) -> list[str]:
    """What a screen reader says at each field that can be filled in."""
    said = []
    for block in paper.blocks:
        if isinstance(block, Fields):
            said += [f"{block.group}: {item.label}" for item in block.items if item.kind != "paper"]
        elif isinstance(block, Table):
            said += [
                f"{block.caption}, rândul {line['number']}: {cell['label']}"
                for line in block.lines
                for cell in line["cells"]
                if cell["name"]
            ]
    return said


@pytest.fixture(scope="module")
def drawn() -> dict[str, bytes]:
    return {paper.slug: draw_document(prepare_paper_pdf(paper)) for paper in all_papers()}


@pytest.mark.documents
@pytest.mark.parametrize("paper", all_papers(), ids=lambda paper: paper.slug)
def test_a_form_can_be_filled_in_and_read_by_everybody(paper, drawn):
    content = drawn[paper.slug]
    report = page.validate_pdf_bytes(content, profile="ua1")
    assert [f"{found.rule_id}: {found.message}" for found in report.failures] == []
    assert len(content) < 150_000
    with open_pdf(content) as pdf:
        fields = list(pdf.Root.AcroForm.Fields)
        assert [str(field.TU) for field in fields] == labels(paper)
        assert len({str(field.T) for field in fields}) == len(fields)
        assert not [str(field.TU) for field in fields if PERSONAL.search(str(field.TU))]
        assert [kind for kind, _ in elements(pdf)].count("Form") == len(fields)
        assert all(sheet.get("/Tabs") == "/S" for sheet in pdf.pages if "/Annots" in sheet)
        for field in fields:
            left, low, right, high = map(float, field.Rect)
            assert left < right
            assert low < high
            assert "/AP" in field
        assert str(pdf.Root.Lang) == "ro"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert b"pdfaid" not in pdf.Root.Metadata.read_bytes()
        assert font_families(pdf) <= {family.name for family in FAMILIES}
        assert heading_levels(pdf)[0] == 1
    text = squeezed(reading_text(content))
    for block in paper.blocks:
        if isinstance(block, Heading):
            assert squeezed(block.text) in text


@pytest.mark.documents
def test_fields_have_a_font_with_every_romanian_letter(drawn):
    with open_pdf(drawn["contract-de-voluntariat"]) as pdf:
        font = pdf.Root.AcroForm.DR.Font[FONT]
        assert all(FONT in str(field.DA) for field in pdf.Root.AcroForm.Fields if "/DA" in field)
        assert font.FontDescriptor.FontFile3.read_bytes()
        names = [str(name) for name in font.Encoding.Differences if isinstance(name, pikepdf.Name)]
        assert {"/abreve", "/acircumflex", "/icircumflex", "/uni0219", "/uni021B"} <= set(names)
        widths = dict(zip(range(32, 256), font.Widths, strict=True))
    codes = {letter: code for code, letter in encoding().items()}
    assert all(widths[codes[letter]] > 0 for letter in "ăâîșțĂÂÎȘȚ„”–0aZ őűşţ")


@pytest.mark.documents
def test_the_same_wording_makes_the_same_bytes_and_another_another_name(drawn):
    paper = find_paper("certificat-de-voluntariat")
    assert draw_document(prepare_paper_pdf(paper)) == drawn[paper.slug]
    prints = {prepare_paper_pdf(each).fingerprint for each in all_papers()}
    assert len(prints) == len(all_papers())


@pytest.mark.parametrize("paper", all_papers(), ids=lambda paper: paper.slug)
def test_an_office_file_opens_with_headings_tables_and_nothing_that_runs(paper):
    content = build_paper_odt(paper)
    assert content == build_paper_odt(paper)
    with ZipFile(BytesIO(content)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)
        assert archive.read("mimetype").decode() == MEDIA_TYPE
        assert set(archive.namelist()) == {
            "mimetype",
            "content.xml",
            "styles.xml",
            "meta.xml",
            "META-INF/manifest.xml",
        }
        text = archive.read("content.xml").decode()
        used = set(re.findall(r'style-name="([^"]+)"', text))
        defined = set(re.findall(r'style:name="([^"]+)"', text + archive.read("styles.xml").decode()))
        for name in archive.namelist()[1:]:
            ElementTree.fromstring(archive.read(name))  # noqa: S314
    tree = ElementTree.fromstring(text)  # noqa: S314
    levels = [int(found.get(f"{TEXT}outline-level", "0")) for found in tree.iter(f"{TEXT}h")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert used <= defined
    tables = [block for block in paper.blocks if isinstance(block, Table)]
    assert len(list(tree.iter(f"{TABLE}table-header-rows"))) == len(tables)
    said = squeezed("".join(tree.itertext()))
    for block in paper.blocks:
        if isinstance(block, Fields):
            for item in block.items:
                assert squeezed(item.label) in said


def test_paper_fields_are_for_the_pen_alone():
    """Identity data: a line on the sheet, no field (domain.md 2.7)."""
    contract = find_paper("contract-de-voluntariat")
    kinds = {
        item.name: item.kind for block in contract.blocks if isinstance(block, Fields) for item in block.items
    }
    assert kinds["voluntar_act"] == kinds["parinte_act"] == "paper"


def test_every_share_of_a_column_has_its_style():
    style = read_static("css/pdf/form.css")
    for paper in all_papers():
        for block in paper.blocks:
            if isinstance(block, Table):
                assert sum(block.widths) == 100, paper.slug
                assert all(f".share-{width} {{" in style for width in block.widths)
