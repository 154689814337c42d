"""Every address of the portal: Romanian words at the root, the same under /en/, and a few that have no language."""

from importlib.util import find_spec

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps import views as sitemap_views
from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.cache import cache_page

from core.pages import health

# The admin has no sign-in form of its own: everybody enters by the portal's, with its limits and second factor.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

handler400 = "core.pages.errors.bad_request"
handler500 = "core.pages.errors.server_error"
handler429 = "core.pages.errors.too_many_requests"

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", admin.site.urls),
]

_localised: list[URLPattern | URLResolver] = []
if find_spec("promotori.views"):
    if find_spec("promotori.views.home"):
        from promotori.views.home import home

        _localised.append(path("", home, name="home"))
for _module in ("programmes.urls", "organisations.urls", "videoconferences.urls"):
    if find_spec(_module):
        _localised.append(path("", include(_module)))
_localised += [
    path("", include("core.pages.urls")),
    path("cont/", include("core.accounts.urls")),
]
if settings.PORTAL_MODE != "production":
    from promotori.views.gallery import gallery

    _localised.append(path("componente/", gallery, name="gallery"))
urlpatterns += i18n_patterns(*_localised, prefix_default_language=False)
