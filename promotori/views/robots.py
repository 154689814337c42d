"""robots.txt: what search engines are asked to leave alone; in the demo, everything."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Names the sitemap and the pages that are no use to a search engine."""
    if settings.PORTAL_MODE == "demo":
        lines = ["User-agent: *", "Disallow: /"]
    else:
        lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /cont/", "Disallow: /en/cont/", ""]
        lines.append(f"Sitemap: {settings.SITE_URL}/sitemap.xml")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
