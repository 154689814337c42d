"""The app that puts the parts together: home page, portal-wide search, demo data."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class PortalConfig(AppConfig):
    name = "promotori"
    label = "portal"

    def ready(self) -> None:
        from core.pages import health
        from promotori import checks
        from promotori.loading import following  # noqa: F401  (registers what it follows)

        health.CHECKS["no demo people"] = checks.no_demo_people


class PortalAdminConfig(AdminConfig):
    """Django's admin with the portal's own site."""

    default_site = "promotori.site.PortalAdminSite"
