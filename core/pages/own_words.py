"""The portal's own words of a text as Markdown, so that staff begin from what the page says now."""

import re
from html.parser import HTMLParser

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from core.pages.choices import PageKey

_SPECIAL = re.compile(r"([\\`*_\[\]])")
_BLOCKS = {"p": "", "h2": "## ", "h3": "### ", "li": "- "}


def own_words(key: PageKey, language: str) -> str:
    """The portal's own words of this text in one language, as Markdown that gives the same page."""
    with override(language):
        html = render_to_string(f"pages/texts/{key}.html", {"contact_email": settings.CONTACT_EMAIL})
    return as_markdown(html)


def as_markdown(html: str) -> str:
    """Paragraphs, headings, lists, links, strong words and line breaks as Markdown; other elements give their text."""
    writer = _Writer()
    writer.feed(html)
    writer.close()
    return writer.text()


class _Writer(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[tuple[str, str]] = []
        self._words = ""
        self._address = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._words = ""
        elif tag == "strong":
            self._words += "**"
        elif tag == "a":
            self._address = dict(attrs).get("href") or ""
            self._words += "["
        elif tag == "br":
            self._words = self._words.rstrip() + "\\\n"

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS and self._words.strip():
            self._blocks.append((tag, _BLOCKS[tag] + self._words.strip()))
            self._words = ""
        elif tag == "strong":
            self._words += "**"
        elif tag == "a":
            self._words += f"]({self._address})"

    def handle_data(self, data: str) -> None:
        words = re.sub(r"\s+", " ", _SPECIAL.sub(r"\\\1", data))
        self._words += words.lstrip() if self._words.endswith("\n") or not self._words else words

    def text(self) -> str:
        """Blocks with a blank line between them, lines of one list without."""
        written = ""
        last = ""
        for tag, words in self._blocks:
            gap = "\n" if tag == last == "li" else "\n\n"
            written += (gap if written else "") + words
            last = tag
        return written
