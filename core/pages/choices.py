"""Kinds and states of the messages that the public sends, and which texts of pages staff may write."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FeedbackKind(TextChoices):
    ACCESSIBILITY = "accessibility", _("Accessibility")
    OTHER = "other", _("Other matter")


class FeedbackState(TextChoices):
    NEW = "new", _("New")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")


class PageKey(TextChoices):
    """Texts of pages that the portal has words of its own for and that staff may write anew."""

    PRIVACY = "privacy", _("Privacy")
    ACCESSIBILITY = "accessibility", _("Accessibility statement")
    CONTACT = "contact", _("Contact")
    HOME = "home", _("Introduction of the home page")
    REGISTRY = "registry", _("Introduction of the registry")
