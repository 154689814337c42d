"""What the ground floor stores: the version of the public data, the steps of workflows."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class DataVersion(models.Model):
    """Number of the last committed change of a set of tables; written by database triggers only.

    See :mod:`core.dataversion` for what the number guarantees.
    """

    name = models.CharField(max_length=40, primary_key=True)
    number = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.name} {self.number}"


class StateChange(models.Model):
    """One step of a record's workflow: who, when, from what to what, and why; written by core.workflow only.

    Rows are never changed, and erased only with a record whose time is over (``core.workflow.forget_history``). They
    hold no personal text beyond the reason that staff wrote; the actor is a link that empties when the person is
    erased.
    """

    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.CharField(max_length=40)
    transition = models.CharField(_("step"), max_length=40)
    source = models.CharField(_("from"), max_length=24, blank=True)
    target = models.CharField(_("to"), max_length=24)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    reason = models.TextField(_("reason"), blank=True)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("change of state")
        verbose_name_plural = _("changes of state")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["content_type", "object_id", "-at"], name="state_change_of_record")]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"


class ExportLog(models.Model):
    """One export of the portal's data: who took what, when, chosen by what, how many rows; erased after two years."""

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    what = models.CharField(_("what"), max_length=100)
    filters: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(
        _("chosen by"), default=dict, blank=True
    )
    rows = models.PositiveIntegerField(_("rows"))
    file_format = models.CharField(_("format"), max_length=10, blank=True)
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.what}, {self.at:%d.%m.%Y}"
