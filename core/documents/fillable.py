"""The last step of a form to be filled in: its fields take every Romanian letter in every reader of PDF.

WeasyPrint 70 gives fields a font in which a reader cannot find the code of a letter: typed in Chromium, "ș" and "ț"
vanish. Fields are given a font of 224 letters with an encoding of its own instead (ISO 32000-1, 9.6.6), and an
appearance, so that no reader has to make one before anything is typed.

A form is PDF/UA-1 alone. It could carry the mark of PDF/A too, but readers open a file so marked for reading only.
"""

import re
from functools import cache
from io import BytesIO
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Operator, Pdf, Stream, String, parse_content_stream

from core.documents.conformance import name_table_headers, save
from core.documents.fonts import SANS, installed_faces

# The name is a key in the file, seen by nobody. Chromium looks for "ș" in the font of a field only when it goes by this
# name, or when the letter is of the font's own Windows code page; else it takes a font of the machine, or none.
FONT = "/Wingdings"
# WinAnsi, with letters of Romania's languages and neighbours in the places of signs that nobody types in a form.
LETTERS = {
    0x81: "Ă", 0x82: "ă", 0x83: "Ș", 0x86: "ș", 0x87: "Ț", 0x88: "ț", 0x89: "Ő", 0x8B: "ő", 0x8D: "Ű", 0x8F: "ű",
    0x90: "Č", 0x95: "č", 0x98: "Ć", 0x99: "ć", 0x9B: "Ł", 0x9D: "ł", 0xA1: "\u015e", 0xA2: "\u015f",
    0xA4: "\u0162", 0xA5: "\u0163",
    0xA6: "Ą", 0xA8: "ą", 0xAC: "Ę", 0xAF: "ę", 0xB1: "Ś", 0xB2: "ś", 0xB3: "Ż", 0xB4: "ż", 0xB5: "Đ", 0xB6: "đ",
    0xB8: "ń", 0xB9: "ź", 0xBC: "ě", 0xBE: "ř",
}  # fmt: skip
_NOT_IN_WINDOWS = {0x7F, 0x81, 0x8D, 0x8F, 0x90, 0x9D, 0xA0, 0xAD}
_SIZE = re.compile(r"/(\S+)\s+([0-9.]+)\s+Tf")


def finish_form(content: bytes) -> bytes:
    """The same document with fields that anybody can fill in; the same bytes for the same input."""
    with Pdf.open(BytesIO(content)) as pdf:
        name_table_headers(pdf)
        font = pdf.make_indirect(_font(pdf))
        unused = set()
        for field in pdf.Root.AcroForm.Fields:
            _put_upright(field)
            if "/DA" in field:
                unused.add(_dress(pdf, field, font))
            else:
                field.AP.N.Off = _appearance(pdf, field, b"", Dictionary())
        pdf.Root.AcroForm = Dictionary(
            Fields=pdf.Root.AcroForm.Fields,
            DR=Dictionary(Font=Dictionary({FONT: font})),
            DA=String(f"0 g {FONT} 10 Tf"),
        )
        _drop_fonts(pdf, unused)
        return save(pdf)


def encoding() -> dict[int, str]:
    """Code to letter of the fields' font."""
    letters = {code: bytes([code]).decode("cp1252") for code in range(32, 256) if code not in _NOT_IN_WINDOWS}
    return letters | {0xA0: "\u00a0", 0xAD: "-"} | LETTERS


def _put_upright(field: Object) -> None:
    """WeasyPrint writes the upper corner first; some readers then find no place to click."""
    x1, y1, x2, y2 = map(float, field.Rect)
    field.Rect = Array([min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)])


def _dress(pdf: Pdf, field: Object, font: Object) -> str:
    """Gives a text field the font and an empty appearance; tells which font it had."""
    found = _SIZE.search(str(field.DA))
    if found is None:
        raise ValueError(f"Expected a font in the field {field.T}")
    field.DA = String(f"0 g {FONT} {found[2]} Tf")
    resources = Dictionary(Font=Dictionary({FONT: font}))
    field.AP = Dictionary(N=_appearance(pdf, field, b"/Tx BMC EMC", resources))
    return found[1]


def _appearance(pdf: Pdf, field: Object, drawing: bytes, resources: Dictionary) -> Stream:
    left, low, right, high = map(float, field.Rect)
    kind = {"/Type": Name.XObject, "/Subtype": Name.Form}
    box = Array([0, 0, right - left, high - low])
    return pdf.make_stream(drawing, {**kind, "/BBox": box, "/Resources": resources})


def _drop_fonts(pdf: Pdf, names: set[str]) -> None:
    """Takes out the whole fonts that WeasyPrint put in for the fields, unless a page prints something in them."""
    for sheet in pdf.pages:
        names -= {
            str(step.operands[0])[1:]
            for step in parse_content_stream(sheet)
            if step.operator == Operator("Tf")
        }
    for sheet in pdf.pages:
        for name in sorted(names):
            if f"/{name}" in sheet.Resources.Font:
                del sheet.Resources.Font[f"/{name}"]


def _font(pdf: Pdf) -> Dictionary:
    program, widths, box = _font_program()
    letters = encoding()
    name = Name(f"/FIELDS+{SANS.name}-Regular")
    differences: list[Any] = []
    for code, letter in sorted(letters.items()):
        differences += [code, Name(f"/{_glyph_name(letter)}")]
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        Flags=1 << 5,
        FontBBox=Array(box),
        ItalicAngle=0,
        Ascent=box[3],
        Descent=box[1],
        CapHeight=728,
        StemV=80,
        FontFile3=pdf.make_stream(program, {"/Subtype": Name.Type1C}),
    )
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type1,
        BaseFont=name,
        FirstChar=32,
        LastChar=255,
        Widths=Array([widths.get(code, 0) for code in range(32, 256)]),
        FontDescriptor=pdf.make_indirect(descriptor),
        Encoding=Dictionary(
            Type=Name.Encoding, BaseEncoding=Name.WinAnsiEncoding, Differences=Array(differences)
        ),
        ToUnicode=pdf.make_stream(_unicode_map(letters)),
    )


@cache
def _font_program() -> tuple[bytes, dict[int, int], list[int]]:
    """The letters of the fields as a CFF font of 1,000 units, their widths, and the box around them all."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.boundsPen import BoundsPen
    from fontTools.pens.t2CharStringPen import T2CharStringPen
    from fontTools.pens.transformPen import TransformPen
    from fontTools.ttLib import TTFont

    path = next(file for file in installed_faces()[SANS.name] if file.stem == f"{SANS.name}-Regular")
    with TTFont(path) as source:
        glyphs, letters = source.getGlyphSet(), source.getBestCmap()
        scale = 1000 / source["head"].unitsPerEm
        drawn, widths, box = {}, {}, [0, 0, 0, 0]
        for code, letter in {0: "", **encoding()}.items():
            glyph = glyphs[letters[ord(letter)] if letter else ".notdef"]
            bounds = BoundsPen(glyphs)
            glyph.draw(bounds)
            if bounds.bounds:
                low = [min(a, round(b * scale)) for a, b in zip(box[:2], bounds.bounds[:2], strict=True)]
                high = [max(a, round(b * scale)) for a, b in zip(box[2:], bounds.bounds[2:], strict=True)]
                box = low + high
            widths[code] = round(glyph.width * scale)
            pen = T2CharStringPen(widths[code], None)
            glyph.draw(TransformPen(pen, (scale, 0, 0, scale, 0, 0)))
            drawn[_glyph_name(letter) if letter else ".notdef"] = pen.getCharString()
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder(list(drawn))
    builder.setupCFF(f"{SANS.name}-Regular", {}, drawn, {})
    return builder.font["CFF "].compile(builder.font), widths, box


def _glyph_name(letter: str) -> str:
    """A name that every reader turns back into this letter; "tcommaaccent" would become one with a cedilla."""
    from fontTools.agl import UV2AGL

    name = UV2AGL.get(ord(letter), "")
    return f"uni{ord(letter):04X}" if not name or "commaaccent" in name else name


def _unicode_map(letters: dict[int, str]) -> bytes:
    pairs = [f"<{code:02X}> <{ord(letter):04X}>" for code, letter in sorted(letters.items())]
    blocks = [pairs[at : at + 100] for at in range(0, len(pairs), 100)]
    lines = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<00> <FF>\nendcodespacerange\n{lines}\nendcmap\n"
        "CMapName currentdict /CMap defineresource pop\nend\nend"
    ).encode()
