"""Reads a PDF as a screen reader, an archive or a suspicious lawyer would; used by every test of a document."""

import re
from collections.abc import Iterator
from io import BytesIO

import page
import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

# The checker takes a stream whose last byte is a carriage return for one of wrong length; lengths are checked here.
_MISJUDGED = "PDFA3A-STREAM-LENGTH-001"


def open_pdf(content: bytes) -> Pdf:
    return Pdf.open(BytesIO(content))


def failed_rules(content: bytes) -> list[str]:
    """What the checker finds against PDF/A-3a and PDF/UA-1, as "rule: message"; empty when it conforms."""
    faults = []
    for profile in ("3a", "ua1"):
        report = page.validate_pdf_bytes(content, profile=profile)
        faults += [
            f"{found.rule_id}: {found.message}" for found in report.failures if found.rule_id != _MISJUDGED
        ]
    return faults + wrong_stream_lengths(content)


def wrong_stream_lengths(content: bytes) -> list[str]:
    faults = []
    for match in re.finditer(rb"/Length (\d+)[^\n]*?>>\s*stream\r?\n", content):
        end = match.end() + int(match[1])
        if content[end : end + 10] != b"\nendstream":
            faults.append(f"stream at {match.start()} has a wrong length")
    return faults


def elements(pdf: Pdf) -> Iterator[tuple[str, pikepdf.Object]]:
    """Structure elements in reading order, as (type, element)."""

    def below(node: pikepdf.Object) -> Iterator[tuple[str, pikepdf.Object]]:
        kids = node.get("/K", Array([]))
        for kid in kids if isinstance(kids, Array) else [kids]:
            if isinstance(kid, Dictionary) and "/S" in kid:
                yield str(kid.S)[1:], kid
                yield from below(kid)

    return below(pdf.Root.StructTreeRoot)


def heading_levels(pdf: Pdf) -> list[int]:
    return [int(kind[1]) for kind, _ in elements(pdf) if re.fullmatch("H[1-6]", kind)]


def font_families(pdf: Pdf) -> set[str]:
    """Families of all fonts used; fails on a font that is not embedded."""
    families = set()
    for item in pdf.objects:
        if isinstance(item, Dictionary) and item.get("/Type") == Name.FontDescriptor:
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(item.keys()), (
                f"{item.FontName} is not embedded"
            )
            families.add(re.sub(r"^/[A-Z]{6}\+", "", str(item.FontName)).split("-")[0])
    return families


def reading_text(content: bytes) -> str:
    """The text in the order of the tags, spaces between pieces: what a screen reader says."""
    with open_pdf(content) as pdf:
        spoken = {number: dict(_marked_text(sheet)) for number, sheet in enumerate(pdf.pages)}
        numbers = {sheet.objgen: number for number, sheet in enumerate(pdf.pages)}
        words = []
        for _kind, element in elements(pdf):
            kids = element.get("/K", Array([]))
            for kid in kids if isinstance(kids, Array) else [kids]:
                if isinstance(kid, int):
                    words.append(spoken[numbers[element.Pg.objgen]].get(kid, ""))
    return " ".join(" ".join(words).split())


def _marked_text(sheet: pikepdf.Page) -> Iterator[tuple[int, str]]:
    """Text of each marked piece of a page, by its number."""
    fonts = {name: _unicode_map(font) for name, font in sheet.Resources.Font.items()}
    current: dict[str, str] = {}
    piece, text = None, ""
    for operands, operator in pikepdf.parse_content_stream(sheet):
        match str(operator):
            case "BDC":
                piece = int(operands[1].MCID) if "/MCID" in operands[1] else None
                text = ""
            case "EMC":
                if piece is not None:
                    yield piece, text
                piece = None
            case "Tf":
                current = fonts[str(operands[0])]
            case "TJ" | "Tj":
                strings = operands[0] if isinstance(operands[0], Array) else [operands[0]]
                for part in strings:
                    if isinstance(part, pikepdf.String):
                        raw = bytes(part).hex()
                        text += "".join(current.get(raw[at : at + 4], "") for at in range(0, len(raw), 4))


def _unicode_map(font: pikepdf.Object) -> dict[str, str]:
    """Glyph number (four hexadecimal digits) to text, from the font's ToUnicode table."""
    table = font.ToUnicode.read_bytes().decode("ascii", errors="replace")
    pairs = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.S):
        for glyph, code in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
            pairs[glyph.lower()] = bytes.fromhex(code).decode("utf-16-be")
    return pairs
