"""The values that fields of organisations and structures take."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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
    COUNTY = "judetean", _("County")
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


# What anybody may see: enrolled organisations and those that the programme's documents name.
PUBLIC_STATUSES = (RegisterStatus.RECORDED, RegisterStatus.LISTED)


# Pages of the registry that stand where an organisation's own page would: /organizatii/harta/.
RESERVED_SLUGS = ("harta", "judet")


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


class MemberRole(TextChoices):
    MANAGER = "manager", _("Manager")
    MEMBER = "member", _("Member")


class Represents(TextChoices):
    """The one kind of local government that an associative structure speaks for (domain.md 2.3)."""

    COUNTY = "judet", _("Counties")
    MUNICIPALITY = "municipiu", _("Municipalities and the sectors of Bucharest")
    TOWN = "oras", _("Towns")
    COMMUNE = "comuna", _("Communes")
