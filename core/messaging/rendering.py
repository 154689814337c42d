"""Words and values made into a mail: a subject, a text and an HTML part that say the same."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import nh3
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

from core.messaging.kinds import PLACEHOLDER
from core.messaging.plaintext import text_of, wrapped
from core.messaging.styles import styled
from core.messaging.wording import Words
from core.text import normalise

# No raw HTML, no pictures.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable("image")
_TAGS = {"a", "blockquote", "br", "code", "em", "h2", "h3", "hr", "li", "ol", "p", "pre", "strong", "ul"}
# Stands for a placeholder while the Markdown is read, so that no value is ever read as Markdown; nobody can type it.
_MARK = f"zq{secrets.token_hex(6)}"
_MARKED = re.compile(rf"{_MARK}([a-z0-9_]+?)qz")
_HREF = re.compile(r'href="[^"]*"')
_DOT_OF_ADDRESS = re.compile(r"(?<=[\w-])\.(?=[^\W\d_]{2})")
_JOINER = "\u2060"
SUBJECT_LENGTH = 200


@dataclass(frozen=True)
class RenderedMail:
    """A mail as it will leave."""

    subject: str
    text: str
    html: str


def render_mail(
    *, words: Words, values: Mapping[str, object], language: str, stop_url: str = "", greeting: bool = True
) -> RenderedMail:
    """The words with the values in them, in the frame of the portal's mails, in ``language``.

    A value is text and nothing else: it cannot make a link, an element or a second header. ``stop_url`` is where
    the recipient ends messages of the kind. Raises ``KeyError`` for a placeholder without a value.
    """
    addresses = {name: "".join(normalise(str(value)).split()) for name, value in values.items()}
    shown = {name: _as_text(value) for name, value in values.items()}
    with translation.override(language):
        subject = one_line(PLACEHOLDER.sub(lambda found: shown[found[1]], words.subject))
        tokens = _MARKDOWN.parse(_marked(words.body))
        context = {
            "subject": subject,
            "site_url": settings.SITE_URL,
            "site_name": settings.SITE_URL.partition("://")[2],
            "stop_url": stop_url,
            "greeting": greeting,
        }
        text = text_of(
            tokens,
            fill=partial(_MARKED.sub, lambda found: shown[found[1]]),
            fill_address=partial(_MARKED.sub, lambda found: addresses[found[1]]),
        )
        body = _html(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}), shown, addresses)
        return RenderedMail(
            subject,
            wrapped(render_to_string("mail/layout.txt", {**context, "body": text})),
            render_to_string("mail/layout.html", {**context, "body": body}),
        )


def one_line(text: str) -> str:
    """A subject: one line, no control characters, not longer than mail programs show."""
    line = " ".join(normalise(text).split())
    return line if len(line) <= SUBJECT_LENGTH else f"{line[: SUBJECT_LENGTH - 1].rstrip()}…"


def _marked(body: str) -> str:
    return PLACEHOLDER.sub(lambda found: f"{_MARK}{found[1]}qz", body.replace("\r\n", "\n"))


def _html(html: str, values: Mapping[str, str], addresses: Mapping[str, str]) -> SafeString:
    linked = _HREF.sub(
        lambda href: _MARKED.sub(lambda found: escape(addresses[found[1]]), href[0]),
        html,
    )
    filled = _MARKED.sub(lambda found: escape(values[found[1]]).replace("\n", "<br>"), linked)
    clean = nh3.clean(
        filled, tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"}, link_rel=None
    )
    return styled(clean)


def _as_text(value: object) -> str:
    """The value as shown among words: mail programs must not make a link of it, unless it is the portal's own.

    An address of mail stays as it is, to be copied; it opens nothing.
    """
    text = normalise(str(value)).strip()
    if text == settings.SITE_URL or text.startswith(f"{settings.SITE_URL}/") or _is_email(text):
        return text
    return _DOT_OF_ADDRESS.sub(f".{_JOINER}", text.replace("://", f":{_JOINER}//"))


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
