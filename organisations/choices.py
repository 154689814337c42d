"""The values that fields of organisations and structures take."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    """What stands behind a name: D22 of the sources, not every co-organiser is a legal person."""

    LEGAL_PERSON = "legal-person", _("Legal person")
    BRANCH = "branch", _("Branch")
    UNIT = "unit", _("Unit or programme of an organisation")


class LegalForm(TextChoices):
    """Legal forms of host organisations (OG 26/2000, Legea 78/2014, Legea 211/2022) and of their neighbours abroad."""

    ASSOCIATION = "asociatie", _("Association")
    FOUNDATION = "fundatie", _("Foundation")
    FEDERATION = "federatie", _("Federation")
    UNION = "uniune", _("Union")
    BRANCH = "filiala", _("Branch with its own legal personality")
    FOREIGN = "pj-straina", _("Foreign non-profit legal person")
    SOCIAL_ENTERPRISE = "intreprindere-sociala", _("Social enterprise")
    ASSOCIATIVE_STRUCTURE = "structura-asociativa", _("Associative structure of local authorities")
    COUNTY_COUNCIL = "consiliu-judetean", _("County council")
    TOWN_HALL = "primarie", _("Town hall or local council")
    PUBLIC_INSTITUTION = "institutie-publica", _("Public institution")
    SCHOOL = "unitate-invatamant", _("School or university")
    CHURCH = "cult", _("Religious body")
    INFORMAL = "grup-informal", _("Informal group")
    COMPANY = "companie", _("Company")
    SI_ASSOCIATION = "drustvo", _("Društvo (Slovenia)")
    SI_INSTITUTE = "zavod", _("Zavod (Slovenia)")
    SI_PUBLIC_INSTITUTE = "javni-zavod", _("Javni zavod (Slovenia)")
    SI_FOUNDATION = "ustanova", _("Ustanova (Slovenia)")
    PL_FOUNDATION = "fundacja", _("Fundacja (Poland)")
    PL_ASSOCIATION = "stowarzyszenie", _("Stowarzyszenie (Poland)")
    PL_PUBLIC_BODY = "podmiot-publiczny", _("Podmiot publiczny (Poland)")


class Level(TextChoices):
    """How far an organisation's activity reaches."""

    LOCAL = "local", _("Local")
    COUNTY = "judetean", pgettext_lazy("level", "County")
    REGIONAL = "regional", _("Regional")
    NATIONAL = "national", _("National")
    INTERNATIONAL = "international", _("International")


class RegisterStatus(TextChoices):
    """Where an organisation stands in the registry."""

    DRAFT = "draft", _("Draft")
    RECORDED = "recorded", _("Recorded from documents")
    SUBMITTED = "submitted", _("Submitted")
    LISTED = "listed", _("Listed")
    SUSPENDED = "suspended", _("Suspended")
    WITHDRAWN = "withdrawn", _("Withdrawn on request")
    STRUCK_OFF = "struck-off", _("Struck off")
    REJECTED = "rejected", _("Not accepted")


# What anybody may see: enrolled organisations and those that the programme's documents name.
PUBLIC_STATUSES = (RegisterStatus.RECORDED, RegisterStatus.LISTED)
# What an enrolment is about: a record that it made itself, or one that the programme's documents made.
MADE_BY_ENROLMENT = (RegisterStatus.DRAFT, RegisterStatus.SUBMITTED)
ENROLLED_STATUSES = (*MADE_BY_ENROLMENT, RegisterStatus.RECORDED)


# Pages of the registry that stand where an organisation's own page would: /organizatii/harta/.
RESERVED_SLUGS = ("harta", "judet", "inscriere")


class NameKind(TextChoices):
    """Why an organisation is known by another name too."""

    ALIAS = "alias", _("Also known as")
    HISTORIC = "historic", _("Former name")
    PRINTED = "printed", _("As printed in a document")


class ContactKind(TextChoices):
    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Phone")
    WEBSITE = "website", _("Website")
    ADDRESS = "address", _("Postal address")


class SubmissionKind(TextChoices):
    """What an organisation's person asks of the registry's keepers."""

    ENROLMENT = "enrolment", _("Enrolment")
    CHANGE = "change", _("Change of identity")
    CLAIM = "claim", _("Claim of a record")


class SubmissionStatus(TextChoices):
    """Where a submission stands; states in which a person still writes it, then those that staff or time gave."""

    DRAFT = "draft", _("Draft")
    LODGED = "lodged", _("Waiting for a decision")
    RETURNED = "returned", _("Returned for changes")
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Not accepted")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# Whoever lodged it may still write in it.
WRITABLE_SUBMISSIONS = (SubmissionStatus.DRAFT, SubmissionStatus.RETURNED)
OPEN_SUBMISSIONS = (*WRITABLE_SUBMISSIONS, SubmissionStatus.LODGED)
DECIDED_SUBMISSIONS = (SubmissionStatus.ACCEPTED, SubmissionStatus.REJECTED)


class ReportReason(TextChoices):
    """Why a reader reports a public record (row O15)."""

    WRONG = "wrong", _("Something in it is wrong")
    GONE = "gone", _("The organisation no longer exists")
    DUPLICATE = "duplicate", _("The organisation is entered twice")
    CONTACT = "contact", _("Contact data that should not be public")
    OTHER = "other", _("Something else")


class ReportStatus(TextChoices):
    NEW = "new", pgettext_lazy("report", "New")
    RESOLVED = "resolved", _("Resolved")
    DISMISSED = "dismissed", _("Not founded")


class ReconfirmationStatus(TextChoices):
    """The yearly question whether a record still holds (row O11)."""

    OPEN = "open", _("Waiting for confirmation")
    OVERDUE = "overdue", _("Overdue")
    CONFIRMED = "confirmed", _("Confirmed")
    LAPSED = "lapsed", _("Not confirmed in time")
    CANCELLED = "cancelled", _("No longer asked")


class AgeGroup(TextChoices):
    """Age groups of volunteers in the yearly figures (row O12); Legea 78/2014 admits them from 15."""

    UNDER_18 = "15-17", _("15 to 17 years")
    YOUNG = "18-30", _("18 to 30 years")
    ADULT = "31-54", _("31 to 54 years")
    OLDER = "55-64", _("55 to 64 years")
    SENIOR = "65+", _("65 years and over")


class Sex(TextChoices):
    FEMALE = "f", _("women")
    MALE = "m", _("men")
    UNSTATED = "x", _("not stated")


class LineKind(TextChoices):
    """What a line of an imported file would do (row O14)."""

    NEW = "new", _("New")
    CHANGED = "changed", _("Changes a record")
    UNCHANGED = "unchanged", _("Changes nothing")
    REFUSED = "refused", _("Refused")


class LineOutcome(TextChoices):
    """What became of a confirmed line."""

    DONE = "done", _("Entered")
    STALE = "stale", _("The registry changed meanwhile")
    REFUSED = "refused", _("Could not enter")


class FoundNameStatus(TextChoices):
    """What became of a name found in a document (row O9)."""

    OPEN = "open", _("To be joined")
    JOINED = "joined", _("Joined to an organisation")
    IGNORED = "ignored", _("No organisation")


class ChangeSubject(TextChoices):
    """What an organisation's own people change beside the fields of its record (row O10)."""

    DOMAINS = "domains", _("Domains")
    BENEFICIARIES = "beneficiaries", _("Beneficiaries")
    GOALS = "goals", _("Sustainable development goals")
    COUNTIES = "counties", _("Counties of activity")
    NAMES = "names", _("Other names")
    CONTACTS = "contacts", _("Contacts")
    COORDINATOR = "coordinator", _("Coordinator of volunteers")
    LOGO = "logo", _("Logo")
    FIGURES = "figures", _("Figures by year")
    INVITATION = "invitation", _("Invitation")


class MemberRole(TextChoices):
    MANAGER = "manager", _("Manager")
    MEMBER = "member", _("Member")


class Represents(TextChoices):
    """The one kind of local government that an associative structure speaks for (domain.md 2.3)."""

    COUNTY = "judet", _("Counties")
    MUNICIPALITY = "municipiu", _("Municipalities and the sectors of Bucharest")
    TOWN = "oras", _("Towns")
    COMMUNE = "comuna", _("Communes")
