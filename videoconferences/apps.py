"""App configuration of videoconferences."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VideoconferencesConfig(AppConfig):
    name = "videoconferences"
    verbose_name = _("Videoconferences")

    def ready(self) -> None:
        """Registers what moves with a printed name, and who counts the participants of an edition."""
        from videoconferences import services  # noqa: F401
        from videoconferences.selectors import figures  # noqa: F401
