"""Kinds and states of the messages that the public sends."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FeedbackKind(TextChoices):
    ACCESSIBILITY = "accessibility", _("Accessibility")
    OTHER = "other", _("Other matter")


class FeedbackState(TextChoices):
    NEW = "new", _("New")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")
