"""What an edition publishes: announcements and documents (row P10)."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from core.uploads import validate_document
from programmes.choices import DocumentKind
from programmes.models.edition import Edition


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    def published(self) -> Self:
        """Announcements whose moment of publication has come, newest first."""
        return self.filter(published_at__lte=timezone.now()).order_by("-published_at", "-pk")


class Announcement(models.Model):
    """A piece of news; appears by itself at ``published_at``, a draft has none."""

    edition = models.ForeignKey(
        Edition,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="announcements",
        verbose_name=_("edition"),
    )
    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    body = models.TextField(_("text"), help_text=_("Markdown: **bold**, lists, [links](https://…)."))
    published_at = models.DateTimeField(_("appears"), null=True, blank=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    history = HistoricalRecords(excluded_fields=["updated_at"])
    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        ordering = ["-published_at", "-pk"]
        indexes = [
            models.Index(
                fields=["-published_at"], name="announcement_newest", condition=Q(published_at__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("programmes:announcement_detail", args=[self.slug])


class EditionDocument(models.Model):
    """A document of an edition: a file kept here or the address where its issuer keeps it."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="documents", verbose_name=_("edition"))
    kind = models.CharField(_("kind"), max_length=24, choices=DocumentKind)
    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    issuer = models.CharField(_("issued by"), max_length=200, blank=True)
    file = models.FileField(
        _("file"),
        upload_to="documents/%Y/",
        blank=True,
        validators=[validate_document],
    )
    url = models.URLField(_("address elsewhere"), blank=True)
    text = models.TextField(
        _("text"), blank=True, help_text=_("The document's words, for those who cannot open it.")
    )
    is_public = models.BooleanField(_("shown to everybody"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["position", "-issued_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(file="") | ~Q(url="") | ~Q(text=""),
                name="edition_document_has_content",
                violation_error_message=_("Give a file, an address or the text."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("programmes:document_detail", args=[self.slug])
