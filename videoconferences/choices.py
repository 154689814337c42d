"""The values that fields of videoconferences take."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from programmes.choices import EditionStatus


class ThemeGroup(TextChoices):
    """Where a theme stands in the official calendar of 2021."""

    CENTRAL = "central", _("Central theme")
    OTHER = "other", _("Other themes")
    PART_TWO = "part-two", _("Theme of part two")
    PROPOSED = "proposed", _("Proposed by organisations")


class ThemeRole(TextChoices):
    CENTRAL = "central", _("Central theme")
    OTHER = "other", _("Other theme")


class ProposalStatus(TextChoices):
    """What became of a theme that an organisation proposed."""

    PROPOSED = "proposed", pgettext_lazy("theme", "Proposed")
    TAKEN = "taken", pgettext_lazy("theme", "Taken")
    DECLINED = "declined", pgettext_lazy("theme", "Not taken")
    WITHDRAWN = "withdrawn", pgettext_lazy("theme", "Withdrawn")


# While an edition is prepared in public and runs; a closing edition's agenda is written.
OPEN_FOR_THEMES = (EditionStatus.CALL, EditionStatus.SELECTION, EditionStatus.RUNNING)


class ConclusionKind(TextChoices):
    """What a videoconference may conclude (rows S0, S1, S2 of the sources)."""

    NEED = "nevoie", _("Need of the community")
    VULNERABILITY = "vulnerabilitate", _("Vulnerability")
    JOINT_ACTION = "actiune-comuna", _("Joint action")
    POOLED_RESOURCE = "resursa-comuna", _("Pooled resource")
    LEGISLATIVE_PROPOSAL = "propunere-legislativa", _("Legislative proposal")
    GOOD_PRACTICE = "buna-practica", _("Good practice")


class ConclusionStatus(TextChoices):
    """Whether everybody may read it."""

    DRAFT = "draft", pgettext_lazy("conclusion", "Draft")
    PUBLISHED = "published", pgettext_lazy("conclusion", "Published")
    RETRACTED = "retracted", pgettext_lazy("conclusion", "Taken back")


class FollowUp(TextChoices):
    """What was done about a conclusion since."""

    OPEN = "open", pgettext_lazy("follow-up", "Not begun")
    IN_PROGRESS = "in-progress", pgettext_lazy("follow-up", "Being worked on")
    DONE = "done", pgettext_lazy("follow-up", "Done")
    DROPPED = "dropped", pgettext_lazy("follow-up", "Given up")
