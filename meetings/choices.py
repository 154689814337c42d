"""The values that fields of meetings take."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MeetingKind(TextChoices):
    """What a gathering is; each kind has something of its own beside the meeting, in the app that knows it."""

    VIDEOCONFERENCE = "videoconference", _("Videoconference")
    CLOSING_EVENT = "closing-event", _("Closing event")
    PROMOTERS_MEETING = "promoters-meeting", _("Promoters' meeting")
    TRAINING = "training", _("Training")
    COALITION_MEETING = "coalition-meeting", _("Coalition meeting")


class MeetingStatus(TextChoices):
    """Where a gathering stands; registration adds its own states beside these."""

    DRAFT = "draft", _("Draft")
    SCHEDULED = "scheduled", _("Scheduled")
    POSTPONED = "postponed", _("Postponed")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


# A cancelled or postponed meeting stays public: whoever has its address must learn it.
PUBLIC_MEETING_STATUSES = (
    MeetingStatus.SCHEDULED,
    MeetingStatus.POSTPONED,
    MeetingStatus.HELD,
    MeetingStatus.CANCELLED,
)


class ParticipantType(TextChoices):
    """Who takes part, as the programme's documents and the portal's vocabulary tell them apart."""

    NGO = "ong", _("Non-governmental organisation active in volunteering")
    PROMOTER = "promotor", _("Promoter of volunteering")
    STRUCTURE = "structura-asociativa", _("Associative structure (UNCJR, AMR, AOR, ACoR)")
    LOCAL_INSTITUTION = "institutie-publica-locala", _("Local public institution")
    LOCAL_AUTHORITY = "apl", _("Authority of local public administration")
    SGG = "sgg", _("General Secretariat of the Government")
    CENTRAL = "administratie-centrala", _("Central administration or its service in the territory")
    SCHOOL = "unitate-invatamant", _("School or university")
    COMPANY = "companie", _("Company")
    INFORMAL_GROUP = "grup-informal", _("Informal group")
    VOLUNTEER = "voluntar", _("Volunteer")
    MEDIA = "mass-media", _("Media")
    OTHER = "alt-actor", _("Other interested party")


class Sector(TextChoices):
    """The synthesis of 2021 tells public administration and NGOs apart."""

    PUBLIC = "public", _("Public administration")
    NGO = "ong", _("Non-governmental organisations")
    OTHER = "altul", pgettext_lazy("sector", "Other")


class ParticipantLevel(TextChoices):
    """How far what the participant speaks for reaches."""

    NATIONAL = "national", _("National")
    REGIONAL = "regional", _("Regional")
    COUNTY = "judetean", pgettext_lazy("level", "County")
    LOCAL = "local", _("Local")


# What a participant of this type is counted under, unless somebody says otherwise.
SECTOR_OF_TYPE = {
    ParticipantType.NGO: Sector.NGO,
    ParticipantType.PROMOTER: Sector.NGO,
    ParticipantType.STRUCTURE: Sector.PUBLIC,
    ParticipantType.LOCAL_INSTITUTION: Sector.PUBLIC,
    ParticipantType.LOCAL_AUTHORITY: Sector.PUBLIC,
    ParticipantType.SGG: Sector.PUBLIC,
    ParticipantType.CENTRAL: Sector.PUBLIC,
    ParticipantType.SCHOOL: Sector.PUBLIC,
    ParticipantType.COMPANY: Sector.OTHER,
    ParticipantType.INFORMAL_GROUP: Sector.NGO,
    ParticipantType.VOLUNTEER: Sector.NGO,
    ParticipantType.MEDIA: Sector.OTHER,
    ParticipantType.OTHER: Sector.OTHER,
}

# Of these the type alone does not say it, so the form asks.
OPEN_SECTOR_TYPES = (ParticipantType.SCHOOL, ParticipantType.OTHER)


class RegistrationStatus(TextChoices):
    """Whether a person has a place; whether they came is their attendance."""

    CONFIRMED = "confirmed", pgettext_lazy("registration", "Has a place")
    WAITING = "waiting", pgettext_lazy("registration", "On the waiting list")
    CANCELLED = "cancelled", pgettext_lazy("registration", "Withdrawn")
    LAPSED = "lapsed", pgettext_lazy("registration", "Address not confirmed in time")


ACTIVE_REGISTRATIONS = (RegistrationStatus.CONFIRMED, RegistrationStatus.WAITING)


class RegistrationSource(TextChoices):
    """How a person came onto the list."""

    FORM = "form", _("Own registration")
    INVITATION = "invitation", _("Answer to an invitation")
    TEAM = "team", _("Written by the team")
    ON_THE_DAY = "on-the-day", _("Came without registration")


# The end of the address of whoever came and left none: nothing can be sent there (RFC 6761), and nothing is.
NO_ADDRESS = "@fara-adresa.invalid"


class ReminderKind(TextChoices):
    """What is sent before and after a gathering, each once a registration."""

    WEEK = "week", _("7 days before")
    DAY = "day", _("A day before")
    HOUR = "hour", _("An hour before")
    FOLLOW_UP = "follow-up", _("After it")


class PresenceSource(TextChoices):
    """How the portal knows that somebody was there; a later one does not take the place of an earlier."""

    CHECK_IN = "check-in", _("Check-in by link")
    TICKED = "ticked", _("Ticked by the team")
    REPORT = "report", _("Report of the platform")


class Platform(TextChoices):
    """Programs whose attendance reports are read."""

    ZOOM = "zoom", "Zoom"
    TEAMS = "teams", "Microsoft Teams"
    WEBEX = "webex", "Webex"


class LineStatus(TextChoices):
    """What became of a person named by an attendance report."""

    MATCHED = "matched", _("Matched")
    DOUBTFUL = "doubtful", _("To be looked at")
    UNKNOWN = "unknown", _("Not registered")
    LEFT_OUT = "left-out", _("Left out")


class QuestionStatus(TextChoices):
    """A question of a participant, until the team has dealt with it."""

    WAITING = "waiting", pgettext_lazy("question", "Waits for the team")
    SHOWN = "shown", pgettext_lazy("question", "Shown to participants")
    ANSWERED = "answered", pgettext_lazy("question", "Answered")
    HIDDEN = "hidden", pgettext_lazy("question", "Not shown")


class Reply(TextChoices):
    """What an invited authority or organisation answered."""

    NONE = "none", _("No answer yet")
    COMING = "coming", _("Comes")
    NOT_COMING = "not-coming", _("Does not come")


class RegistrantGroup(TextChoices):
    """To whom of those who registered the team writes; the last two once attendance is known."""

    CONFIRMED = "confirmed", pgettext_lazy("group", "Have a place")
    WAITING = "waiting", pgettext_lazy("group", "Are on the waiting list")
    CANCELLED = "cancelled", pgettext_lazy("group", "Have withdrawn")
    PRESENT = "present", pgettext_lazy("group", "Were there")
    ABSENT = "absent", pgettext_lazy("group", "Had a place and were not there")
