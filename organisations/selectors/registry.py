"""The list of the registry: which organisations, in which order, with what beside each name."""

from dataclasses import dataclass
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from core.text import Fold, fold
from organisations.choices import RegisterStatus
from organisations.models import Organisation, OrganisationName
from organisations.selectors.involvement import public_co_organising, public_mandates
from organisations.selectors.vocabulary import Vocabulary, Word

PER_PAGE: Final = 25
# Further pages are refused: nobody reads them, and each costs more than the one before.
MAX_PAGES: Final = 400
# A list of more hits than this is in alphabetical order: ranking would have to look at each of them.
MAX_RANKED: Final = 300


@dataclass(frozen=True, slots=True)
class Row:
    """One organisation as lists show it; the same name twice is two rows."""

    name: str
    slug: str
    place: str
    badge: str
    text: str
    note: str


class CountedPaginator(Paginator[Any]):
    """A paginator that was told the count; its last page is the furthest that may be asked for."""

    def __init__(self, found: Any, *, count: int) -> None:
        self._count = count
        super().__init__(found, PER_PAGE)

    @cached_property
    def count(self) -> int:
        return self._count

    @cached_property
    def num_pages(self) -> int:
        return max(1, min(MAX_PAGES, -(-self._count // PER_PAGE)))


def ranked(found: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Whole names first, then names that begin with the text, then words that do, else Romanian order."""
    folded = fold(text)
    named = OrganisationName.objects.filter(folded=folded).values("organisation_id")
    found = found.alias(
        legal_fold=Fold("legal_name"), public_fold=Fold("public_name"), acronym_fold=Fold("acronym")
    )
    whole = (
        Q(legal_fold=folded)
        | Q(public_fold=folded)
        | Q(acronym_fold=folded)
        | Q(pk__in=named)
        | Q(cui=folded)
    )
    begins = Q(legal_fold__startswith=folded) | Q(public_fold__startswith=folded)
    word = Q(search_text__startswith=folded) | Q(search_text__contains=f" {folded}")
    rank = Case(
        When(whole, Value(0)),
        When(begins, Value(1)),
        When(word, Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    ordered: QuerySet[Any] = found.alias(rank=rank).order_by("rank", "order_key", "pk")
    return ordered


def list_rows(found: Any, words: Vocabulary) -> list[Row]:
    """One query for everything that lists show of these organisations; keeps their order."""
    domains = {domain.pk: domain for domain in words.domains.values()}
    query = found.query
    if query.low_mark and "rank" not in query.order_by:
        # Details of the organisations that a further page passes over would be read in vain.
        found = Organisation.objects.filter(pk__in=found.values("pk")).order_by(*query.order_by)
    return [_row(record, words, domains) for record in _with_details(found)]


def _with_details(found: Any) -> Any:
    def array(links: QuerySet[Any], value: str) -> ArraySubquery:
        own = links.filter(organisation=OuterRef("pk")).order_by(value).values(value)
        return ArraySubquery(own.distinct())

    return found.annotate(
        promoted=array(public_mandates(), "edition__year"),
        co_organised=array(public_co_organising(), "videoconference__edition__year"),
        domain_keys=array(Organisation.domains.through.objects.all(), "domain_id"),
    ).values(
        "slug",
        "legal_name",
        "public_name",
        "register_status",
        "is_example",
        "county_id",
        "seat__name",
        "parent__legal_name",
        "parent__public_name",
        "promoted",
        "co_organised",
        "domain_keys",
    )


def _row(record: dict[str, Any], words: Vocabulary, domains: dict[int, Word]) -> Row:
    promoter = _badge(_("Promoter %(years)s"), record["promoted"])
    co_organiser = _badge(_("Co-organiser %(years)s"), record["co_organised"])
    parent = record["parent__public_name"] or record["parent__legal_name"]
    texts = [
        _("Part of %(name)s") % {"name": parent} if parent else "",
        ", ".join(domain.label for key, domain in domains.items() if key in record["domain_keys"]),
        # One badge beside a title: who is both is a promoter first.
        co_organiser if promoter else "",
    ]
    note = ""
    if record["is_example"]:
        note = _("Example: made up for the demonstration")
    elif record["register_status"] == RegisterStatus.RECORDED:
        note = _("Recorded from documents, not enrolled yet")
    return Row(
        name=record["public_name"] or record["legal_name"],
        slug=record["slug"],
        place=place_label(record["seat__name"], words.county(record["county_id"])),
        badge=promoter or co_organiser,
        text=" · ".join(text for text in texts if text),
        note=note,
    )


def place_label(seat: str | None, county: Any) -> str:
    """A seat as people say it: "Codlea · județul Brașov"; the county alone, or that it is not known."""
    if county is None:
        return seat or _("Seat not recorded")
    if not seat or (county.code == "B" and seat == county.name):
        return str(county.county_name)
    return f"{seat} · {county.county_name}"


def _badge(pattern: str, years: list[int]) -> str:
    return pattern % {"years": ", ".join(map(str, years))} if years else ""
