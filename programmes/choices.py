"""The values that fields of editions take."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EditionStatus(TextChoices):
    """The phases of an edition, in their order (row P1)."""

    DRAFT = "draft", _("In preparation")
    CALL = "call", _("Call for promoters")
    SELECTION = "selection", _("Selection")
    RUNNING = "running", _("Running")
    CLOSING = "closing", _("Closing")
    ARCHIVED = "archived", _("Ended")


PUBLIC_EDITION_STATUSES = tuple(status for status in EditionStatus if status != EditionStatus.DRAFT)


class FigureKind(TextChoices):
    """Figures that a source states about an edition; live ones are computed beside them, never instead."""

    PROMOTERS = "promoters", _("Promoters")
    PARTNERS = "partners", _("Associative structures")
    VIDEOCONFERENCES = "videoconferences", _("Videoconferences")
    PARTICIPANTS = "participants", _("Participants")
    LISTED = "listed", _("Organisations in the registry")


class Qualifier(TextChoices):
    EXACT = "exact", _("exactly")
    OVER = "over", _("over")
    ABOUT = "about", _("about")


class ActivityKind(TextChoices):
    """The parts of the official calendar: I, II and III."""

    PERMANENT = "permanent", _("Permanent activity")
    MONTHLY = "monthly", _("Monthly activity")
    CLOSING = "closing", _("Closing of the programme")


class CalendarTextKind(TextChoices):
    """Lists that the official calendar prints beside the activities."""

    AUDIENCE = "audience", _("Participants in the videoconferences")
    PURPOSE = "purpose", _("Purposes of the central theme")
    OTHER_THEME = "other-theme", _("Other themes of debate")


class DocumentKind(TextChoices):
    CALENDAR = "calendar", _("Activities calendar")
    APPLICATION_FORM = "formular-inscriere", _("Application form")
    AGENDA = "agenda", _("Agenda")
    CONCLUSIONS = "concluzii", _("Conclusions of the debate")
    HANDBOOK = "manual", _("Handbook of good practices")
    REGISTER = "evidenta", _("Register of organisations")
    SYNTHESIS = "sinteza", _("Synthesis of the programme")
    PRESS = "comunicat", _("Press release or article")
    PROPOSAL = "propunere-legislativa", _("Legislative proposal")
    NEXT_EDITION = "propunere-editie", _("Case for the next edition")
    OTHER = "altul", _("Other document")
