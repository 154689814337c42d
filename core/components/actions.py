"""Things to press, and the small marks beside them: buttons, badges, chips, icons, notices."""

from functools import cache

from django.template import Library
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from lucide.templatetags.lucide import lucide

from core.components.rendering import one_of, render

register = Library()

BUTTON_KINDS = ("primary", "secondary", "danger", "quiet")
BADGE_TONES = ("sun", "blue", "green", "red", "plain")
NOTICE_TONES = ("info", "success", "warning", "error")
_NOTICE_ICONS = {
    "info": "info",
    "success": "circle-check",
    "warning": "triangle-alert",
    "error": "octagon-alert",
}
_NOTICE_OF_MESSAGE = {"debug": "info", "success": "success", "warning": "warning", "error": "error"}


@cache
def _svg(name: str) -> SafeString:
    return SafeString(lucide(name, size=20, aria_hidden="true", focusable="false"))


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """A lucide icon as inline SVG, hidden from assistive technology: the words beside it carry the meaning.

    {% icon "calendar" %}; lucide.IconDoesNotExist on an unknown name.
    """
    return render("icon", svg=_svg(name))


@register.simple_tag
def button(
    label: str,
    *,
    kind: str = "primary",
    type: str = "submit",
    name: str = "",
    value: str = "",
    icon: str = "",
) -> SafeString:
    """A button of the form around it. The label names the next step: "Send the practice", never "Submit".

    {% button _("Save the changes") %} {% button _("Withdraw") kind="danger" name="action" value="withdraw" %}
    kind: primary (one a page), secondary, danger, quiet. type: submit, button, reset.
    """
    return render(
        "button",
        label=label,
        kind=one_of("kind", kind, BUTTON_KINDS),
        type=one_of("type", type, ("submit", "button", "reset")),
        name=name,
        value=value,
        icon=icon,
    )


@register.simple_tag
def button_link(
    label: str, *, href: str, kind: str = "primary", icon: str = "", download: bool = False
) -> SafeString:
    """A link that looks like a button, for the one main step that is only a page further.

    {% url "programmes:calendar" 2021 as calendar_url %}{% button_link _("See the calendar") href=calendar_url %}
    """
    return render(
        "button_link",
        label=label,
        href=href,
        kind=one_of("kind", kind, BUTTON_KINDS),
        icon=icon,
        download=download,
    )


@register.simple_tag
def copy_button(text: str, *, label: str = "") -> SafeString:
    """Copies a text, an address for the most part: {% copy_button calendar_url label=_("Copy the address") %}.

    Shown only where scripts run and copying is allowed; put the text itself beside it for everybody else.
    """
    return render("copy_button", text=text, label=label or _("Copy"))


@register.simple_tag
def print_button(*, label: str = "") -> SafeString:
    """Opens the browser's own print window; shown only where scripts run."""
    return render("print_button", label=label or _("Print the page"))


@register.simple_tag
def badge(label: str, *, tone: str = "sun") -> SafeString:
    """One short word of state beside a title: {% badge "Promotor 2021" %}. tone: sun, blue, green, red, plain."""
    return render("badge", label=label, tone=one_of("tone", tone, BADGE_TONES))


@register.simple_tag
def chip(label: str, *, href: str) -> SafeString:
    """A chosen filter; href is this page without it. {% chip "Nord-Est" href=chip.url %}, inside {% chips %}."""
    return render("chip", label=label, href=href)


@register.simple_block_tag
def chips(content: str, *, clear: str = "") -> SafeString:
    """The row of chosen filters: {% chips clear=clear_url %}{% chip … %}{% endchips %}; clear drops all of them."""
    return render("chips", content=content, clear=clear)


@register.simple_block_tag
def notice(content: str, *, tone: str = "info", title: str = "") -> SafeString:
    """A message in the page: {% notice tone="warning" title=_("Not yet final") %}<p>…</p>{% endnotice %}.

    tone: info, success, warning, error; each has a word and an icon besides its colour.
    """
    one_of("tone", tone, NOTICE_TONES)
    words = {"info": _("Note"), "success": _("Done"), "warning": _("Attention"), "error": _("Error")}
    return render(
        "notice", content=content, tone=tone, title=title, word=words[tone], svg=_svg(_NOTICE_ICONS[tone])
    )


@register.filter
def notice_tone(level_tag: str) -> str:
    """The notice tone of a django.contrib.messages level."""
    return _NOTICE_OF_MESSAGE.get(level_tag, "info")
