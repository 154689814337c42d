"""Files of organisations that staff bring in: what each line would do, was told to do, and did (row O14)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organisations.choices import LineKind, LineOutcome


class RegistryImport(models.Model):
    """One file on its way into the registry: read by one job, applied by another after somebody looked.

    ``fault`` says why the file as a whole could not be read. Erased with its lines and its file after 30 days.
    """

    file = models.FileField(_("file"), upload_to="organisations/imports/%Y/%m/")
    name = models.CharField(_("name of the file"), max_length=200)
    uploaded_at = models.DateTimeField(_("brought in"), auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("brought in by"),
    )
    reading = models.ForeignKey("jobs.Job", models.SET_NULL, null=True, related_name="+")
    applying = models.ForeignKey("jobs.Job", models.SET_NULL, null=True, related_name="+")
    columns: models.JSONField[list[list[str]], Any] = models.JSONField(
        _("columns that are read"), default=list
    )
    headers: models.JSONField[list[str], Any] = models.JSONField(_("header of the file"), default=list)
    unknown: models.JSONField[list[str], Any] = models.JSONField(
        _("columns that are not known"), default=list
    )
    fault = models.TextField(_("why it could not be read"), blank=True)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    applied_at = models.DateTimeField(_("brought into the registry"), null=True, blank=True)

    class Meta:
        verbose_name = _("import of organisations")
        verbose_name_plural = _("imports of organisations")
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("admin:organisations_registryimport_change", args=[self.pk])


class ImportLine(models.Model):
    """One line of a file: what it would change, or why it cannot enter.

    ``values`` are the fields to write, ``before`` what the record held when the line was read, ``shown`` the same for
    people ([column, old, new]); ``faults`` are [column, sentence]; ``cells`` keeps a refused line for the file of
    faults.
    """

    registry_import = models.ForeignKey(RegistryImport, models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField(_("line"))
    kind = models.CharField(_("what it is"), max_length=10, choices=LineKind)
    label = models.CharField(_("organisation"), max_length=300, blank=True)
    organisation = models.ForeignKey(
        "organisations.Organisation", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    values: models.JSONField[dict[str, Any], Any] = models.JSONField(default=dict)
    before: models.JSONField[dict[str, Any], Any] = models.JSONField(default=dict)
    shown: models.JSONField[list[list[str]], Any] = models.JSONField(default=list)
    faults: models.JSONField[list[list[str]], Any] = models.JSONField(default=list)
    cells: models.JSONField[list[str], Any] = models.JSONField(default=list)
    outcome = models.CharField(_("what became of it"), max_length=10, choices=LineOutcome, blank=True)

    class Meta:
        verbose_name = _("line of an import")
        verbose_name_plural = _("lines of an import")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["registry_import", "number"], name="import_line_once"),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(kind__in=[LineKind.NEW, LineKind.CHANGED]),
                name="import_line_outcome_of_what_enters",
            ),
        ]
        indexes = [models.Index(fields=["registry_import", "kind", "number"], name="import_line_kind")]

    def __str__(self) -> str:
        return f"{self.registry_import} {self.number}"
