"""Every address of the portal: Romanian words at the root, the same under /en/, and a few that have no language.

What needs no sign-in is listed in promotori/public_addresses.py.
"""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import views as sitemaps
from django.urls import URLPattern, URLResolver, include, path

from core.pages import health
from promotori.sitemaps import SITEMAPS
from promotori.views.gallery import gallery
from promotori.views.home import home
from promotori.views.robots import robots
from promotori.views.search import search
from promotori.views.sitemap import sitemap_page

# The admin has no sign-in form of its own: everybody enters by the portal's, with its limits and second factor;
# whoever is signed in and is not staff is refused, not sent round in circles.
admin.site.login = login_not_required(secure_admin_login(admin.site.login))  # type: ignore[method-assign]

# Django's own 400 and 500 ask the session for a token before they draw: they would fail when they are needed.
handler400 = "core.pages.errors.bad_request"
handler500 = "core.pages.errors.server_error"
handler429 = "core.pages.errors.too_many_requests"

_sitemap = {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap_section"}
_portal: list[URLPattern] = [path("cautare/", search, name="search")]
if settings.PORTAL_MODE != "production":
    _portal.append(path("componente/", gallery, name="components"))

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap_page(sitemaps.index), _sitemap, name="sitemap"),
    path(
        "sitemap-<slug:section>.xml",
        sitemap_page(sitemaps.sitemap),
        {"sitemaps": SITEMAPS},
        name="sitemap_section",
    ),
    path("admin/", admin.site.urls),
    *i18n_patterns(
        path("", home, name="home"),
        path("", include((_portal, "portal"))),
        path("", include("programmes.urls")),
        path("", include("organisations.urls")),
        path("", include("videoconferences.urls")),
        path("", include("meetings.urls")),
        path("", include("core.pages.urls")),
        path("cont/lucrari/", include("core.jobs.urls")),
        path("mesaje/", include("core.messaging.urls")),
        path("cont/", include("core.accounts.urls")),
        prefix_default_language=False,
    ),
]
