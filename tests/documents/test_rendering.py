"""The door to WeasyPrint: accessible, archivable, repeatable, with the project's own fonts."""

from dataclasses import replace

import pytest

from core.documents.engine import load_engine
from core.documents.errors import DocumentFaultError
from core.documents.fonts import FAMILIES
from core.documents.rendering import draw_document
from tests.documents.inspection import elements, failed_rules, font_families, open_pdf, reading_text
from tests.documents.samples import sample

TABLE = """<h1>Tabel</h1><table><thead><tr><th scope="col">Județ</th><th scope="col">Număr</th></tr></thead><tbody>
<tr><th scope="row">Brașov</th><td>7</td></tr><tr><th scope="row">Cluj</th><td>5</td></tr></tbody></table>"""


def test_document_conforms_to_archive_and_accessibility_profiles():
    assert failed_rules(draw_document(sample(TABLE))) == []


def test_document_is_marked_titled_and_in_its_language():
    with open_pdf(draw_document(sample("<h1>Probă</h1>", language="en"))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang) == "en"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo["/Title"]) == "Document de probă"


def test_metadata_is_readable_without_a_pdf_program():
    content = draw_document(sample("<h1>Probă</h1>"))
    assert b'pdfaid:conformance="A"' in content
    assert b'pdfuaid:part="1"' in content
    assert content.count(b"</rdf:RDF>") == 1


def test_language_of_a_passage_is_on_its_tag():
    with open_pdf(
        draw_document(sample('<h1>Title</h1><p lang="ro">Brașov</p><p>plain</p>', language="en"))
    ) as pdf:
        languages = [str(element.get("/Lang", "")) for kind, element in elements(pdf) if kind in {"H1", "P"}]
        assert languages == ["", "ro", ""]


def test_table_headers_have_scope_and_identifiers():
    with open_pdf(draw_document(sample(TABLE))) as pdf:
        scopes = [str(element.A.Scope) for kind, element in elements(pdf) if kind == "TH"]
        assert scopes == ["/Column", "/Column", "/Row", "/Row"]
        index = pdf.Root.StructTreeRoot.IDTree.Kids[0].Names
        named = {bytes(element.ID) for _, element in elements(pdf) if "/ID" in element}
        assert named == {bytes(index[at]) for at in range(0, len(index), 2)}
        assert [bytes(index[at]) for at in range(0, len(index), 2)] == sorted(named)


def test_only_the_projects_fonts_are_embedded():
    styled = "<h1>Ăâîșț</h1><p>obișnuit <b>gros</b> <i>cursiv</i> <b><i>amândouă</i></b> <code>cod</code></p>"
    families = font_families_of(styled)
    assert families <= {family.name for family in FAMILIES}


def test_font_of_the_machine_is_an_error():
    document = sample("<h1>Probă</h1>")
    with pytest.raises(DocumentFaultError) as error:
        draw_document(replace(document, stylesheets=(*document.stylesheets, "h1 { font-family: monospace }")))
    assert "not one of the project's" in error.value.remedy


def font_families_of(body: str) -> set[str]:
    with open_pdf(draw_document(sample(body))) as pdf:
        return font_families(pdf)


def test_same_input_gives_the_same_bytes_whatever_was_drawn_between():
    first = draw_document(sample(TABLE))
    draw_document(sample("<h1>Altceva</h1><p>între <b>timp</b></p>"))
    assert draw_document(sample(TABLE)) == first


def test_same_input_gives_the_same_bytes_in_a_new_engine():
    first = draw_document(sample(TABLE))
    load_engine.cache_clear()
    assert draw_document(sample(TABLE)) == first


def test_table_head_is_repeated_and_no_row_is_broken():
    rows = "".join(
        f"<tr><th scope='row'>r{n}</th><td>început {n}<br>mijloc<br>sfârșit {n}</td></tr>" for n in range(60)
    )
    head = "<thead><tr><th scope='col'>Cap</th><th scope='col'>Text</th></tr></thead>"
    content = draw_document(sample(f"<h1>T</h1><table>{head}<tbody>{rows}</tbody></table>"))
    with open_pdf(content) as pdf:
        sheets = len(pdf.pages)
        assert sheets >= 4
        assert [kind for kind, _ in elements(pdf)].count("THead") == sheets
        rows_of_body = [kind for kind, _ in elements(pdf)].count("TR") - sheets
        assert rows_of_body == 60
    assert reading_text(content).count("sfârșit") == 60


def test_fault_in_css_is_an_error_in_tests():
    document = sample("<h1>Probă</h1>")
    with pytest.raises(DocumentFaultError) as error:
        draw_document(replace(document, stylesheets=(*document.stylesheets, "p { colour: red }")))
    # What a person reads names no property and no file.
    assert "colour" not in str(error.value)


def test_fault_in_css_is_logged_in_production(settings, caplog):
    settings.PORTAL_MODE = "production"
    content = draw_document(
        replace(sample("<h1>Probă</h1>"), stylesheets=("p { colour: red; font-family: Vollkorn }",))
    )
    assert content.startswith(b"%PDF-1.7")
    assert "colour" in caplog.text
    assert "Document de probă" in caplog.text


def test_picture_without_description_is_an_error():
    with pytest.raises(DocumentFaultError) as error:
        draw_document(sample('<h1>Probă</h1><img src="static:img/emblem.svg" alt="">'))
    assert "alt description" in error.value.remedy


def test_picture_with_description_is_a_figure():
    content = draw_document(sample('<h1>Probă</h1><img src="static:img/emblem.svg" alt="Harta" width="90">'))
    with open_pdf(content) as pdf:
        assert [str(element.Alt) for kind, element in elements(pdf) if kind == "Figure"] == ["Harta"]
    assert failed_rules(content) == []


def test_picture_of_pixels_is_not_smoothed():
    content = draw_document(
        sample('<h1>Probă</h1><img src="static:img/favicon-32.png" alt="Harta" width="90">')
    )
    with open_pdf(content) as pdf:
        pictures = [image for sheet in pdf.pages for image in sheet.get_images().values()]
        assert pictures
        assert not any("/Interpolate" in picture for picture in pictures)
    assert failed_rules(content) == []


def test_document_that_does_not_say_its_title_is_an_error():
    with pytest.raises(DocumentFaultError) as error:
        draw_document(replace(sample("<h1>Probă</h1>"), title="Altul"))
    assert "title" in error.value.remedy
