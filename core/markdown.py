"""Markdown that staff write, as HTML that can do no harm."""

import nh3
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

_TAGS = {
    "a",
    "blockquote",
    "br",
    "code",
    "em",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto"}
# No raw HTML and no pictures: a picture would be asked for from another server.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable("image")


def render_markdown(text: str) -> SafeString:
    """The text as HTML of a fixed set of elements, without any attribute but the address of a link.

    HTML in the text is shown as it was typed. Headings begin at level 2, since a page has its own first one.
    A table can be scrolled by itself and reached by keyboard.
    """
    tokens = _MARKDOWN.parse(text)
    for token in tokens:
        _lower_heading(token)
    html = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )
    # The cleaned text has no "<table>" but those of its own tables: any other is escaped.
    opening = format_html('<div class="table" role="region" aria-label="{}" tabindex="0"><table>', _("Table"))
    return SafeString(clean.replace("<table>", opening).replace("</table>", "</table></div>"))


def _lower_heading(token: Token) -> None:
    if token.type in ("heading_open", "heading_close") and token.tag == "h1":
        token.tag = "h2"
