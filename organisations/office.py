"""The papers for hosts of volunteers as files for office programs, to be changed freely."""

from collections.abc import Iterator

from core.documents import opendocument as odt
from organisations.legal.papers import (
    ABOUT,
    BY_HAND,
    Field,
    Fields,
    Heading,
    Paper,
    Points,
    Signatures,
    Table,
    Text,
)


def build_paper_odt(paper: Paper) -> bytes:
    """The blank paper as OpenDocument text; the same bytes for the same wording. Cheap: some milliseconds."""
    return odt.build_document(
        _body(paper), title=f"{paper.title} (model)", language="ro", landscape=paper.landscape
    )


def _body(paper: Paper) -> Iterator[str]:
    yield odt.heading(paper.title, 1)
    yield odt.paragraph(paper.basis, "Small")
    for block in paper.blocks:
        match block:
            case Heading():
                article = f" ({block.article})" if block.article else ""
                yield odt.heading(block.text + article, block.level)
            case Text():
                yield odt.paragraph(block.text, "Small" if block.is_note else "Text_20_body")
            case Points():
                yield odt.lettered(block.points)
            case Fields():
                yield from map(_field, block.items)
            case Table():
                yield odt.paragraph(block.caption, "Label")
                yield odt.table(
                    block.caption, block.columns, block.widths, [[""] * len(block.columns)] * block.rows
                )
            case Signatures():
                for who in block.who:
                    yield odt.paragraph(who, "Label")
                    yield odt.blank("Numele, data, semnătura")
    yield odt.page_break()
    yield odt.heading(ABOUT.title, 2)
    yield from map(odt.paragraph, ABOUT.sentences(paper))


def _field(field: Field) -> str:
    if field.kind == "check":
        return odt.paragraph(f"☐ {field.label}")
    if field.kind == "area":
        return odt.paragraph(f"{field.label}:", "Label") + odt.empty_lines(field.lines)
    return odt.blank(f"{field.label} ({BY_HAND})" if field.kind == "paper" else field.label)
