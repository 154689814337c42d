"""Records that may be of the same organisation, each with why it is thought so."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any
from urllib.parse import urlsplit

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Q
from django.utils.translation import gettext as _

from core.text import fold
from organisations.choices import ContactKind, RegisterStatus
from organisations.models import Organisation, OrganisationContact

MOST_FOUND = 8
# Names that are read for each name asked; the nearest come first.
MOST_READ = 40
ALIKE = 0.82
LONGEST_NAME = 300
# Words that say what kind of body it is, not which.
_COMMON_WORDS = (
    "asociatia asociatie fundatia fundatie federatia federatie uniunea uniune liga societatea filiala sucursala "
    "organizatia organizatie centrul centru clubul club grupul grup ong de din la pentru si a al ale cu in "
    "romania romana roman nationala national judetul judetean judeteana"
)
COMMON_WORDS = frozenset(_COMMON_WORDS.split())
# Providers at which everybody may have an address: a shared one says nothing.
_PUBLIC_MAIL = (
    "gmail.com yahoo.com yahoo.ro yahoo.co.uk ymail.com hotmail.com outlook.com live.com icloud.com me.com "
    "proton.me protonmail.com mail.com gmx.com aol.com rdslink.ro facebook.com m.facebook.com instagram.com "
    "linkedin.com youtube.com"
)
PUBLIC_MAIL = frozenset(_PUBLIC_MAIL.split())
_LABEL = re.compile(r"[a-z0-9.-]{4,253}")


@dataclass(frozen=True)
class Sought:
    """What is known of an organisation that may be in the registry already; any part may be missing."""

    names: tuple[str, ...] = ()
    cui: str = ""
    register_number: str = ""
    contacts: tuple[str, ...] = ()
    county_id: int | None = None
    without: int | None = None


@dataclass
class Duplicate:
    """A record with the sentences that say why it may be the same; the surest reasons first."""

    organisation: Organisation
    weights: dict[str, int] = field(default_factory=dict)

    def note(self, reason: str, weight: int) -> None:
        """A reason found twice counts once, as the surer of both."""
        self.weights[reason] = max(weight, self.weights.get(reason, 0))

    @property
    def reasons(self) -> list[str]:
        return sorted(self.weights, key=lambda reason: -self.weights[reason])

    @property
    def weight(self) -> int:
        return sum(self.weights.values())


def possible_duplicates(sought: Sought) -> list[Duplicate]:
    """Records that share a CUI, a register number, a contact or a similar name; likeliest first, eight at most.

    Refused requests are left out. The county alone is no reason, it only strengthens others. Two queries a name at
    most, one each for the rest.
    """
    found: dict[int, Duplicate] = {}
    _by_numbers(sought, found)
    _by_contacts(sought, found)
    _by_names(sought, found)
    for duplicate in found.values():
        if sought.county_id and duplicate.organisation.county_id == sought.county_id:
            duplicate.note(_("same county"), 1)
    return sorted(found.values(), key=lambda each: (-each.weight, each.organisation.pk))[:MOST_FOUND]


def core_name(name: str) -> str:
    """The words of a name that tell it from others, folded; all words when none does."""
    words = fold(name[:LONGEST_NAME]).split()
    own = [word for word in words if word not in COMMON_WORDS]
    return " ".join(own or words)


def names_alike(one: str, other: str) -> bool:
    """Whether two folded names may be of one organisation: the same words, one within the other, or a slip apart."""
    if not one or not other:
        return False
    if one == other or one.replace(" ", "") == other.replace(" ", ""):
        return True
    words, others = set(one.split()), set(other.split())
    if min(len(words), len(others)) >= 2 and (words <= others or others <= words):
        return True
    return SequenceMatcher(None, one, other).ratio() >= ALIKE


def _records(sought: Sought) -> Any:
    records = Organisation.objects.exclude(register_status=RegisterStatus.REJECTED).select_related(
        "county", "seat"
    )
    return records.exclude(pk=sought.without) if sought.without else records


def _note(found: dict[int, Duplicate], organisation: Organisation, reason: str, weight: int) -> None:
    found.setdefault(organisation.pk, Duplicate(organisation)).note(reason, weight)


def _by_numbers(sought: Sought, found: dict[int, Duplicate]) -> None:
    asked = Q()
    if sought.cui:
        asked |= Q(cui=sought.cui)
    if sought.register_number:
        asked |= Q(national_register_number__iexact=sought.register_number)
    if not asked:
        return
    for organisation in _records(sought).filter(asked)[:MOST_READ]:
        if sought.cui and organisation.cui == sought.cui:
            _note(found, organisation, _("same CUI"), 100)
        else:
            _note(found, organisation, _("same number in the National Register"), 20)


def _by_contacts(sought: Sought, found: dict[int, Duplicate]) -> None:
    values = {value.strip().lower() for value in sought.contacts if value.strip()}
    hosts = {host for value in values if (host := host_of(value)) and host not in PUBLIC_MAIL}
    if not values:
        return
    asked = Q(value__in=values)
    for host in hosts:
        asked |= Q(value__icontains=host)
    contacts = (
        OrganisationContact.objects.filter(asked, organisation__in=_records(sought))
        .filter(kind__in=(ContactKind.EMAIL, ContactKind.WEBSITE))
        .select_related("organisation__county", "organisation__seat")
    )
    for contact in contacts[:MOST_READ]:
        value = contact.value.strip().lower()
        if value in values and contact.kind == ContactKind.EMAIL:
            _note(found, contact.organisation, _("same e-mail address: %(value)s") % {"value": value}, 40)
        elif host_of(value) in hosts:
            _note(found, contact.organisation, _("same site: %(host)s") % {"host": host_of(value)}, 30)


def _by_names(sought: Sought, found: dict[int, Duplicate]) -> None:
    cores = {core for name in sought.names if (core := core_name(name))}
    for core in sorted(cores):
        near = (
            _records(sought)
            .filter(search_text__trigram_word_similar=core)
            .annotate(nearness=TrigramWordSimilarity(core, "search_text"))
            .order_by("-nearness", "pk")[:MOST_READ]
        )
        for organisation in near:
            for name in _names_of(organisation):
                if names_alike(core, core_name(name)):
                    weight = 60 if core == core_name(name) else 40
                    _note(found, organisation, _("similar name: %(name)s") % {"name": name}, weight)
                    break


def _names_of(organisation: Organisation) -> Iterable[str]:
    """Its names as printed; the database keeps the other names in one text (migration 0002)."""
    for name in (organisation.legal_name, organisation.public_name, organisation.acronym):
        if name:
            yield name
    yield from filter(None, organisation.other_names.split(" · "))


def host_of(value: str) -> str:
    """The part of an address or of a page that names whose it is, without "www."; empty when there is none."""
    try:
        host = value.rpartition("@")[2] if "@" in value else (urlsplit(value).hostname or "")
    except ValueError:
        return ""
    host = host.removeprefix("www.")
    return host if _LABEL.fullmatch(host) and "." in host else ""
