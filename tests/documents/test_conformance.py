"""The last step refuses what it cannot finish, and leaves a document without tables alone."""

from io import BytesIO

import pytest
from pikepdf import Dictionary, Name, Pdf

from core.documents.conformance import finish
from core.documents.rendering import draw_document
from tests.documents.inspection import open_pdf
from tests.documents.samples import sample


def pdf_with_metadata(packet: bytes) -> bytes:
    pdf, target = Pdf.new(), BytesIO()
    pdf.add_blank_page()
    pdf.Root.Metadata = pdf.make_stream(packet, {"/Type": Name.Metadata, "/Subtype": Name.XML})
    pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    pdf.save(target, fix_metadata_version=False)
    return target.getvalue()


@pytest.mark.parametrize("packet", [b"<x/>", b"<rdf:RDF></rdf:RDF><rdf:RDF></rdf:RDF>"])
def test_metadata_that_is_not_understood_is_refused(packet):
    with pytest.raises(ValueError, match="one rdf:RDF"):
        finish(pdf_with_metadata(packet))


def test_document_without_tables_has_no_index_of_headers():
    with open_pdf(draw_document(sample("<h1>Probă</h1>"))) as pdf:
        assert "/IDTree" not in pdf.Root.StructTreeRoot


def test_header_cells_spoken_for_each_cell_exist():
    body = (
        "<h1>T</h1><table><thead><tr><th scope='col'>A</th><th scope='col'>B</th></tr></thead>"
        "<tbody><tr><th scope='row'>r</th><td>1</td></tr></tbody></table>"
    )
    with open_pdf(draw_document(sample(body))) as pdf:
        index = pdf.Root.StructTreeRoot.IDTree.Kids[0].Names
        spoken = {str(index[at]): str(index[at + 1].S) for at in range(0, len(index), 2)}
        cells = [item for item in pdf.objects if isinstance(item, Dictionary) and item.get("/S") == Name.TD]
        assert len(cells) == 1
        assert [spoken[str(header)] for header in cells[0].A.Headers] == ["/TH", "/TH"]
