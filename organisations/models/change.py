"""What an organisation's own people changed beside the fields of its record (row O10)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from organisations.choices import ChangeSubject


class OrganisationChange(models.Model):
    """One change: who, when, of what; before and after only where they name no person.

    The record's own fields have their versions (simple_history) and its states their steps; lists, contacts, the
    coordinator and figures are told here. Contacts and the coordinator may be personal data, so that they changed is
    kept and what they were is not.
    """

    organisation = models.ForeignKey(
        "organisations.Organisation", models.CASCADE, related_name="changes", verbose_name=_("organisation")
    )
    subject = models.CharField(_("what was changed"), max_length=16, choices=ChangeSubject)
    before = models.TextField(_("before"), blank=True)
    after = models.TextField(_("after"), blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("change by the organisation")
        verbose_name_plural = _("changes by organisations")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["organisation", "-at"], name="organisation_changes")]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_subject_display()}"
