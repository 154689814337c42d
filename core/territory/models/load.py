"""Which sources were loaded, and when."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TerritoryLoad(models.Model):
    """One load of a source that was newer than what was here; the last one is the source that pages name."""

    as_of = models.DateField(_("valid on"))
    source = models.CharField(_("source"), max_length=200)
    sha256 = models.CharField(_("fingerprint of the file"), max_length=64)
    loaded_at = models.DateTimeField(_("loaded on"), auto_now_add=True)

    class Meta:
        verbose_name = _("load of the territory")
        verbose_name_plural = _("loads of the territory")
        ordering = ("-as_of", "-pk")
        get_latest_by = ("as_of", "pk")

    def __str__(self) -> str:
        return self.source
