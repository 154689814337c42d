"""Names that documents call organisations by, and to whom each was joined (row O9)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.text import Fold
from organisations.choices import FoundNameStatus


class FoundName(models.Model):
    """One name as one document prints it; staff say which organisation it is, or that it is none."""

    name = models.CharField(_("name as printed"), max_length=300)
    source = models.CharField(_("document"), max_length=200)
    place = models.CharField(_("place in the document"), max_length=200, blank=True)
    status = models.CharField(
        _("state"), max_length=16, choices=FoundNameStatus, default=FoundNameStatus.OPEN
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="found_names",
        verbose_name=_("organisation"),
    )
    found_at = models.DateTimeField(_("found"), auto_now_add=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    folded = models.GeneratedField(expression=Fold("name"), output_field=models.TextField(), db_persist=True)

    class Meta:
        verbose_name = _("name found in a document")
        verbose_name_plural = _("names found in documents")
        ordering = ["source", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "name"],
                name="found_name_once",
                violation_error_message=_("This name of this document is here already."),
            ),
            models.CheckConstraint(
                condition=~Q(status=FoundNameStatus.IGNORED) | Q(organisation__isnull=True),
                name="found_name_ignored_has_none",
            ),
        ]

    def __str__(self) -> str:
        return self.name
