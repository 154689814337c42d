"""The text part: the same Markdown as lines of at most 76 characters that read well without any markup."""

import textwrap
from collections.abc import Callable, Sequence

from markdown_it.token import Token

WIDTH = 76
Fill = Callable[[str], str]


def text_of(tokens: Sequence[Token], *, fill: Fill, fill_address: Fill) -> str:
    """Paragraphs, lists and links as plain lines; ``fill`` puts the values in, ``fill_address`` those of links."""
    writer = _Writer(fill, fill_address)
    for token in tokens:
        writer.take(token)
    return "".join(writer.parts)


def wrapped(text: str) -> str:
    """The whole text part: no spaces at the ends of lines, no runs of empty lines, no line over the width."""
    lines: list[str] = []
    for line in text.strip().splitlines():
        kept = line.rstrip()
        if kept or (lines and lines[-1]):
            lines += [kept] if len(kept) <= WIDTH else _lines(kept, "", "")
    return "\n".join(lines) + "\n"


class _Writer:
    """Walks the tokens and remembers in which lists and quotations it stands."""

    def __init__(self, fill: Fill, fill_address: Fill) -> None:
        self.parts: list[str] = []
        self._fill, self._fill_address = fill, fill_address
        self._numbers: list[int | None] = []
        self._indents: list[str] = []
        self._marker = ""
        self._is_close = False

    def take(self, token: Token) -> None:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            self._is_close = bool(self._numbers)
            self._numbers.append(int(token.attrGet("start") or 1) if token.tag == "ol" else None)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self._numbers.pop()
            self._is_close = bool(self._numbers)
        elif token.type == "list_item_open":
            self._open_item()
        elif token.type in ("list_item_close", "blockquote_close"):
            self._indents.pop()
            self._is_close = token.type == "list_item_close"
        elif token.type == "blockquote_open":
            self._indents.append("> ")
        elif token.type == "hr":
            self._block("-" * 20)
        elif token.type in ("fence", "code_block"):
            self._block(self._fill(token.content).rstrip())
        elif token.type == "inline":
            self._block(self._words(token.children or []))

    def _open_item(self) -> None:
        number = self._numbers[-1]
        if number is None:
            self._marker = "- "
        else:
            self._marker = f"{number}. "
            self._numbers[-1] = number + 1
        self._indents.append(" " * len(self._marker))

    def _block(self, text: str) -> None:
        """A paragraph; the items of one list stand close together."""
        later = "".join(self._indents)
        first = later[: len(later) - len(self._marker)] + self._marker
        if self.parts:
            self.parts.append("\n" if self._marker and self._is_close else "\n\n")
        self.parts.append("\n".join(_lines(text, first, later)))
        self._marker, self._is_close = "", False

    def _words(self, children: Sequence[Token]) -> str:
        """The words of a paragraph; a link alone stands above its address, one in a sentence before it."""
        kinds = [child.type for child in children]
        alone = kinds.count("link_open") == 1 and kinds[0] == "link_open" and kinds[-1] == "link_close"
        text, address, start = "", "", 0
        for child in children:
            if child.type in ("text", "code_inline"):
                text += self._fill(child.content)
            elif child.type in ("softbreak", "hardbreak"):
                text += " " if child.type == "softbreak" else "\n"
            elif child.type == "link_open":
                address, start = self._fill_address(str(child.attrGet("href") or "")), len(text)
            elif child.type == "link_close" and address.removeprefix("mailto:") != text[start:]:
                text += f":\n{address}" if alone else f" ({address.removeprefix('mailto:')})"
        return text


def _lines(text: str, first: str, later: str) -> list[str]:
    lines: list[str] = []
    for line in text.split("\n"):
        lead = later if lines else first
        lines += textwrap.wrap(
            line,
            WIDTH,
            initial_indent=lead,
            subsequent_indent=later,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [lead.rstrip()]
    return lines
