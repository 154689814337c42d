"""The values that fields of videoconferences take."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ThemeGroup(TextChoices):
    """Where a theme stands in the official calendar of 2021."""

    CENTRAL = "central", _("Central theme")
    OTHER = "other", _("Other themes")
    PART_TWO = "part-two", _("Theme of part two")
    PROPOSED = "proposed", _("Proposed by organisations")


class ThemeRole(TextChoices):
    CENTRAL = "central", _("Central theme")
    OTHER = "other", _("Other theme")
