"""Styles on the elements themselves, for mail programs that read no style sheet; values of static/css/tokens.css."""

import re

from django.utils.safestring import SafeString

_STYLES = {
    "p": "margin:0 0 16px",
    "h2": "margin:24px 0 8px;font-size:20px;line-height:1.3",
    "h3": "margin:24px 0 8px;font-size:17px;line-height:1.3",
    "ul": "margin:0 0 16px;padding:0 0 0 24px",
    "ol": "margin:0 0 16px;padding:0 0 0 24px",
    "li": "margin:0 0 8px",
    "blockquote": "margin:0 0 16px;padding:0 0 0 16px;border-left:3px solid #d9d6cc",
    "hr": "margin:24px 0;border:0;border-top:1px solid #d9d6cc",
    "code": "font-family:ui-monospace,Consolas,monospace",
    "pre": "margin:0 0 16px;white-space:pre-wrap;overflow-wrap:anywhere",
    "a": "color:#1d4a8f;overflow-wrap:anywhere",
}
_BUTTON = (
    "display:inline-block;padding:10px 20px;border-radius:6px;background:#1d4a8f;color:#ffffff;"
    "font-weight:700;text-decoration:none"
)
_OPENING = re.compile(r"<([a-z0-9]+)(?=[ >])")
_LONE_LINK = re.compile(r"<p><a (href=\"[^\"]*\")>((?:(?!</a>).)*)</a></p>")


def styled(html: str) -> SafeString:
    """The cleaned HTML with its styles; a link alone in its paragraph becomes a button."""
    html = _LONE_LINK.sub(rf'<p><a class="mail-button" style="{_BUTTON}" \1>\2</a></p>', html)
    return SafeString(_OPENING.sub(_with_style, html))


def _with_style(found: re.Match[str]) -> str:
    tag = found[1]
    is_button = found.string.startswith('<a class="mail-button"', found.start())
    return found[0] if tag not in _STYLES or is_button else f'<{tag} style="{_STYLES[tag]}"'
