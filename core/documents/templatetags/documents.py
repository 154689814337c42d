"""``typeset``: keeps together on a line what Romanian typography never parts."""

import re

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_UNBROKEN = re.compile(
    r"\b(?:ediția a [IVXLC]+-a|a [IVXLC]+-a|ediția [IVXLC]+|nr\.\s\d+|art\.\s\d+|alin\.\s\(\d+\))"
)


@register.filter
def typeset(text: str) -> SafeString:
    """The text, escaped, with "a II-a", "nr. 5", "art. 3" each on one line; its letters stay as they are."""
    escaped = str(conditional_escape(text))
    return mark_safe(_UNBROKEN.sub(r'<span class="unbroken">\g<0></span>', escaped))  # noqa: S308
