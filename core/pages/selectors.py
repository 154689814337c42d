"""The words of pages: what staff wrote, else what the portal says by itself."""

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from core.markdown import render_markdown
from core.pages.choices import PageKey
from core.pages.models import PageText


def page_text(key: PageKey) -> SafeString:
    """What staff wrote for this text in the language of the page, as HTML; empty where the portal's own words hold."""
    language = (get_language() or "ro")[:2]
    body = PageText.objects.filter(key=key, language=language).values_list("body", flat=True).first()
    return render_markdown(body) if body and body.strip() else SafeString("")
