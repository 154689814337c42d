"""What a person agreed to: each text with its versions, each agreement with the words that were shown."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.accounts.choices import Language


class ConsentText(models.Model):
    """One version of the words for one purpose; never changed after somebody agreed to it (GDPR, art. 7 (1))."""

    purpose = models.SlugField(_("purpose"), max_length=60)
    version = models.PositiveSmallIntegerField(_("version"))
    text = models.TextField(_("text"), max_length=4000)
    text_en = models.TextField(_("text in English"), max_length=4000, blank=True)
    valid_from = models.DateTimeField(_("in use since"), default=timezone.now)

    class Meta:
        verbose_name = _("text of a consent")
        verbose_name_plural = _("texts of consents")
        ordering = ["purpose", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "version"],
                name="accounts_consenttext_once",
                violation_error_message=_("This version exists already."),
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="accounts_consenttext_version_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.version}"

    @property
    def label(self) -> str:
        """The words in the language of the page; Romanian where English was not written."""
        return self.text_en if get_language() == "en" and self.text_en else self.text


class Consent(models.Model):
    """One agreement: to which words, when, by whom, about which record.

    The person is an account, or an address for forms that need none; an erased person leaves neither, and the row
    then says only that somebody agreed. Taking it back sets ``withdrawn_at``; the row stays as evidence.
    """

    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="consents", verbose_name=_("text"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="consents",
        verbose_name=_("person"),
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    content_type = models.ForeignKey(ContentType, models.PROTECT, null=True, blank=True, related_name="+")
    object_id = models.CharField(max_length=40, blank=True)
    given_at = models.DateTimeField(_("given on"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn on"), null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=models.F("given_at")),
                name="accounts_consent_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(content_type__isnull=True, object_id="")
                | (Q(content_type__isnull=False) & ~Q(object_id="")),
                name="accounts_consent_about_whole",
            ),
        ]
        indexes = [models.Index(fields=["content_type", "object_id"], name="accounts_consent_about")]

    def __str__(self) -> str:
        return f"{self.text}: {self.user or self.email or '–'}"
