"""The last step of every PDF: what WeasyPrint leaves out of PDF/A-3a together with PDF/UA-1.

WeasyPrint 70 writes one variant at a time. It is asked for PDF/A-3a (ISO 19005-3); this adds the identifier of
PDF/UA-1 (ISO 14289-1) with the extension schema that PDF/A wants for it, and the tables' header scopes.
"""

from collections.abc import Iterator
from io import BytesIO

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Pdf, StreamDecodeLevel

_UA_IDENTIFIER = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
_END_OF_RDF = b"</rdf:RDF>"


def finish(content: bytes) -> bytes:
    """The same document as PDF/A-3a and PDF/UA-1 in one file; the same bytes for the same input."""
    with Pdf.open(BytesIO(content)) as pdf:
        _identify(pdf)
        name_table_headers(pdf)
        _keep_pixels_sharp(pdf)
        return save(pdf)


def save(pdf: Pdf) -> bytes:
    """The document written, the same bytes for the same input.

    The tags, most of the file, are packed; the metadata stays readable by programs that know no PDF
    (ISO 19005-3, 6.6.2.1), since qpdf never compresses it.
    """
    target = BytesIO()
    pdf.save(
        target,
        deterministic_id=True,
        fix_metadata_version=False,
        stream_decode_level=StreamDecodeLevel.none,
        object_stream_mode=ObjectStreamMode.generate,
    )
    return target.getvalue()


def _identify(pdf: Pdf) -> None:
    packet = pdf.Root.Metadata.read_bytes()
    head, end, tail = packet.partition(_END_OF_RDF)
    if not end or _END_OF_RDF in tail:
        raise ValueError("Expected one rdf:RDF in the document's metadata")
    pdf.Root.Metadata = pdf.make_stream(
        head + _UA_IDENTIFIER + end + tail, {"/Type": Name.Metadata, "/Subtype": Name.XML}
    )


def name_table_headers(pdf: Pdf) -> None:
    """Scope on each TH (column in a table's head, row elsewhere) and the index of their identifiers."""
    named: dict[bytes, Object] = {}
    for element, ancestors in _structure(pdf.Root.StructTreeRoot, ()):
        if element.get("/S") != Name.TH:
            continue
        attributes = element.get("/A", Dictionary(O=Name.Table))
        attributes.Scope = Name.Column if Name.THead in ancestors else Name.Row
        element.A = attributes
        if "/ID" in element:
            named[bytes(element.ID)] = element
    if named:
        index = Array([part for key in sorted(named) for part in (named[key].ID, named[key])])
        limits = Array([named[min(named)].ID, named[max(named)].ID])
        leaf = pdf.make_indirect(Dictionary(Names=index, Limits=limits))
        pdf.Root.StructTreeRoot.IDTree = pdf.make_indirect(Dictionary(Kids=Array([leaf])))


def _structure(node: Object, ancestors: tuple[Object, ...]) -> Iterator[tuple[Object, tuple[Object, ...]]]:
    """Structure elements in reading order, each with the types of those above it."""
    kids = node.get("/K", Array([]))
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid, ancestors
            yield from _structure(kid, (*ancestors, kid.S))


def _keep_pixels_sharp(pdf: Pdf) -> None:
    """PDF/A forbids smoothing of pictures by the viewer (ISO 19005-3, 6.2.8)."""
    for item in pdf.objects:
        if isinstance(item, Object) and item._type_name == "stream" and "/Interpolate" in item:
            del item["/Interpolate"]
