"""What every page may show: the site's address, its mode and the languages of the same page."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.functional import SimpleLazyObject


def portal(request: HttpRequest) -> dict[str, object]:
    """Guarantees absolute addresses of this page in each language, without query or fragment.

    The addresses are looked up when they are shown: the frame of a page shows them, its dozen small parts do not.
    """
    path = request.path
    return {
        "site_url": settings.SITE_URL,
        "is_demo": settings.PORTAL_MODE == "demo",
        "canonical_url": f"{settings.SITE_URL}{path}",
        "translations": SimpleLazyObject(
            lambda: [
                {"code": code, "name": name, "url": translate_url(path, code)}
                for code, name in settings.LANGUAGES
            ]
        ),
    }
