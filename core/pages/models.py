"""Messages of the public about the portal, kept so that none is lost with a mail; texts of pages by staff."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from core.accounts.choices import Language
from core.pages.choices import FeedbackKind, FeedbackState, PageKey


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    def waiting(self) -> "FeedbackQuerySet":
        """Messages that nobody has answered or closed."""
        return self.filter(status=FeedbackState.NEW)


class Feedback(models.Model):
    """One message; who handled it, and when, is in the history that ``core.workflow`` keeps."""

    MESSAGE_LENGTH = 5000

    kind = models.CharField(_("about"), max_length=20, choices=FeedbackKind.choices)
    page_address = models.CharField(
        _("page"),
        max_length=500,
        blank=True,
        help_text=_("The page that the message is about, as it was typed."),
    )
    message = models.TextField(_("message"), max_length=MESSAGE_LENGTH)
    email = models.EmailField(_("e-mail address for the answer"), blank=True)
    language = models.CharField(_("language of the page"), max_length=2)
    created_at = models.DateTimeField(_("received on"), default=timezone.now, editable=False, db_index=True)
    status = models.CharField(
        _("state"), max_length=10, choices=FeedbackState.choices, default=FeedbackState.NEW, editable=False
    )
    handled_at = models.DateTimeField(_("handled on"), null=True, editable=False)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ("-created_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status=FeedbackState.NEW, handled_at=None)
                | (~models.Q(status=FeedbackState.NEW) & models.Q(handled_at__isnull=False)),
                name="pages_feedback_handled_at_of_state",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=FeedbackState.values, kind__in=FeedbackKind.values),
                name="pages_feedback_known_values",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """The number on the receipt, as the sender quotes it: "M-2026-00012"."""
        return f"M-{timezone.localtime(self.created_at):%Y}-{self.pk or 0:05d}"


class PageText(models.Model):
    """What staff wrote in place of the portal's own words, for one text in one language; Markdown.

    Without a row, or while it is empty, the portal's own words are shown. Its history keeps every version.
    """

    MOST_CHARACTERS = 40_000

    key = models.CharField(_("text"), max_length=20, choices=PageKey)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    body = models.TextField(
        _("words"),
        max_length=MOST_CHARACTERS,
        blank=True,
        help_text=_(
            "Markdown: a blank line parts paragraphs, “## ” begins a heading, “- ” a line of a list, "
            "[words](address) is a link."
        ),
    )
    updated_at = models.DateTimeField(_("changed"), auto_now=True)
    history = HistoricalRecords(excluded_fields=["updated_at"])

    class Meta:
        verbose_name = _("text of a page")
        verbose_name_plural = _("texts of pages")
        ordering = ("key", "language")
        constraints = [
            models.UniqueConstraint(
                fields=["key", "language"],
                name="pages_pagetext_once",
                violation_error_message=_("This text is written already: change it instead."),
            ),
            models.CheckConstraint(
                condition=models.Q(key__in=PageKey.values, language__in=Language.values),
                name="pages_pagetext_known_values",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_key_display()} ({self.get_language_display()})"
