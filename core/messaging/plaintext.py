"""The text part: the same Markdown as lines of at most 76 characters that read well without any markup."""

import textwrap
from collections.abc import Callable, Sequence

from markdown_it.token import Token

WIDTH = 76


def text_of(tokens: Sequence[Token], fill: Callable[[str], str]) -> str:
    """Paragraphs, lists and links as plain lines; ``fill`` puts the values in."""
    blocks: list[str] = []
    prefixes: list[str] = []
    counters: list[int | None] = []
    first_of_item = False
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            start = token.attrGet("start")
            counters.append(None if token.type == "bullet_list_open" else int(start or 1))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            counters.pop()
        elif token.type == "list_item_open":
            first_of_item = True
            prefixes.append(_marker(counters))
        elif token.type == "list_item_close":
            prefixes.pop()
        elif token.type == "blockquote_open":
            prefixes.append("> ")
        elif token.type == "blockquote_close":
            prefixes.pop()
        elif token.type == "hr":
            blocks.append("-" * 20)
        elif token.type in ("fence", "code_block"):
            blocks.append(fill(token.content).rstrip())
        elif token.type == "inline":
            later = "".join(each if each == "> " else " " * len(each) for each in prefixes)
            if first_of_item and prefixes and prefixes[-1] != "> ":
                first = later[: -len(prefixes[-1])] + prefixes[-1]
            else:
                first = later
            blocks.append(_lines(fill(_inline(token.children or [])), first, later))
            if first_of_item and len(blocks) > 1 and _is_item(blocks[-2]):
                blocks[-2:] = ["\n".join(blocks[-2:])]
            first_of_item = False
    return "\n\n".join(blocks)


def _is_item(block: str) -> bool:
    last = block.rsplit("\n\n", 1)[-1].lstrip()
    return last.startswith("- ") or last.partition(". ")[0].isdigit()


def _marker(counters: list[int | None]) -> str:
    number = counters[-1]
    if number is None:
        return "- "
    counters[-1] = number + 1
    return f"{number}. "


def _inline(children: Sequence[Token]) -> str:
    """The words of a paragraph; a link alone stands above its address, one in a sentence before it."""
    text, address, start = "", "", 0
    alone = bool(children) and children[0].type == "link_open" and children[-1].type == "link_close"
    alone = alone and sum(child.type == "link_open" for child in children) == 1
    for child in children:
        if child.type in ("text", "code_inline"):
            text += child.content
        elif child.type == "softbreak":
            text += " "
        elif child.type == "hardbreak":
            text += "\n"
        elif child.type == "link_open":
            address, start = str(child.attrGet("href") or ""), len(text)
        elif child.type == "link_close":
            words = text[start:]
            if address.removeprefix("mailto:") == words:
                continue
            text += f":\n{address}" if alone else f" ({address.removeprefix('mailto:')})"
    return text


def _lines(text: str, first: str, later: str) -> str:
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
    return "\n".join(lines)


def wrapped(text: str) -> str:
    """The whole text part: no spaces at the ends of lines, no runs of empty lines, no line over the width."""
    lines: list[str] = []
    for line in text.strip().splitlines():
        kept = line.rstrip()
        if kept or (lines and lines[-1]):
            lines += [kept] if len(kept) <= WIDTH else _lines(kept, "", "").splitlines()
    return "\n".join(lines) + "\n"
