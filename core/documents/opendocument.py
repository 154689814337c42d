"""A text document for office programs (OpenDocument 1.3, ISO/IEC 26300): headings, lists, tables, lines to fill in.

A document of this kind is a zip of a few XML files; what the portal needs of the format is less than a library would
bring. There are no macros, no pictures, no outside addresses. Headings are headings and the first row of a table is its
head, so that screen readers and exports to PDF keep them.
"""

from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from string import Template
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_STYLES = Path(__file__).with_name("opendocument_styles.xml")
_DATE = (2000, 1, 1, 0, 0, 0)
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "style": "style",
        "text": "text",
        "table": "table",
        "fo": "xsl-fo-compatible",
        "meta": "meta",
    }.items()
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_MANIFEST = (
    _HEAD
    + '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
    + f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MEDIA_TYPE}"/>'
    + "".join(
        f'<manifest:file-entry manifest:full-path="{name}.xml" manifest:media-type="text/xml"/>'
        for name in ("content", "styles", "meta")
    )
    + "</manifest:manifest>"
)


def heading(text: str, level: int) -> str:
    return (
        f'<text:h text:style-name="Heading_20_{level}" text:outline-level="{level}">{escape(text)}</text:h>'
    )


def paragraph(text: str, style: str = "Text_20_body") -> str:
    return f'<text:p text:style-name="{style}">{escape(text)}</text:p>'


def blank(label: str) -> str:
    """A label and a line to its right; what is typed after the label shortens the line."""
    return f'<text:p text:style-name="Blank">{escape(label)}: <text:tab/></text:p>'


def empty_lines(number: int) -> str:
    return '<text:p text:style-name="Line"/>' * number


def lettered(points: Iterable[str]) -> str:
    items = "".join(f"<text:list-item>{paragraph(point)}</text:list-item>" for point in points)
    return f'<text:list text:style-name="Letters">{items}</text:list>'


def table(name: str, columns: Sequence[str], widths: Sequence[int], rows: Iterable[Sequence[str]]) -> str:
    """A table with a head that comes again on each page; ``widths`` are shares of the line."""
    shape = "".join(f'<table:table-column table:style-name="Column{width}"/>' for width in widths)
    head = _row((paragraph(column, "Table_20_Heading") for column in columns), "Head")
    body = "".join(_row((paragraph(cell, "Table_20_Contents") for cell in row), "Cell") for row in rows)
    return (
        f'<table:table table:name={quoteattr(name)} table:style-name="Table">{shape}'
        f"<table:table-header-rows>{head}</table:table-header-rows>{body}</table:table>"
    )


def page_break() -> str:
    return '<text:p text:style-name="Break"/>'


def build_document(body: Iterable[str], *, title: str, language: str, landscape: bool = False) -> bytes:
    """The file with these parts of text; the same bytes for the same input."""
    parts = "".join(body)
    widths = sorted({int(number) for number in _numbers_after(parts, 'table:style-name="Column')})
    columns = "".join(
        f'<style:style style:name="Column{width}" style:family="table-column">'
        f'<style:table-column-properties style:rel-column-width="{width}*"/></style:style>'
        for width in widths
    )
    content = (
        f'{_HEAD}<office:document-content {_NAMESPACES} office:version="1.3"><office:automatic-styles>{columns}'
        f"</office:automatic-styles><office:body><office:text>{parts}</office:text></office:body>"
        "</office:document-content>"
    )
    meta = (
        f'{_HEAD}<office:document-meta {_NAMESPACES} xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3">'
        f"<office:meta><dc:title>{escape(title)}</dc:title><dc:language>{escape(language)}</dc:language></office:meta>"
        "</office:document-meta>"
    )
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        # First and unpacked, so that programs know the file by its first bytes (OpenDocument 1.3, part 2, 3.3).
        archive.writestr(ZipInfo("mimetype", _DATE), MEDIA_TYPE, ZIP_STORED)
        for name, text in (
            ("content.xml", content),
            ("styles.xml", _styles(language, landscape=landscape)),
            ("meta.xml", meta),
            ("META-INF/manifest.xml", _MANIFEST),
        ):
            archive.writestr(ZipInfo(name, _DATE), text, ZIP_DEFLATED)
    return target.getvalue()


def _row(cells: Iterable[str], style: str) -> str:
    inner = "".join(
        f'<table:table-cell table:style-name="{style}" office:value-type="string">{cell}</table:table-cell>'
        for cell in cells
    )
    return f'<table:table-row table:style-name="Row">{inner}</table:table-row>'


def _numbers_after(text: str, mark: str) -> list[str]:
    return [piece.partition('"')[0] for piece in text.split(mark)[1:]]


def _styles(language: str, *, landscape: bool) -> str:
    width, height, line = ("29.7cm", "21cm", "25.7cm") if landscape else ("21cm", "29.7cm", "17cm")
    return Template(_STYLES.read_text(encoding="utf-8")).substitute(
        namespaces=_NAMESPACES,
        language=language,
        country="RO" if language == "ro" else "GB",
        width=width,
        height=height,
        orientation="landscape" if landscape else "portrait",
        line=line,
    )
