"""The board of themes of an edition: what was proposed, how much it is wanted, what became of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from core.text import fold
from organisations.choices import PUBLIC_STATUSES
from organisations.models import Organisation
from programmes.models import Edition
from videoconferences.choices import OPEN_FOR_THEMES, ProposalStatus
from videoconferences.models import (
    MOST_RANKED,
    Theme,
    ThemeProposal,
    ThemeRank,
    Videoconference,
    VideoconferenceTheme,
)


@dataclass(frozen=True, kw_only=True)
class OnAgenda:
    """A videoconference that has the theme, and why."""

    number: int
    year: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class BoardLine:
    """A proposal with its place on the board; ``number`` counts from 1, ``points`` and ``voters`` are of its ranks."""

    number: int
    proposal: ThemeProposal
    points: int
    voters: int
    agenda: tuple[OnAgenda, ...]
    is_own: bool

    @property
    def is_open(self) -> bool:
        return self.proposal.status == ProposalStatus.PROPOSED


@dataclass(frozen=True, kw_only=True)
class OwnOrganisation:
    """One of the reader's organisations, with the order that it gave."""

    organisation: Organisation
    ranked: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Board:
    """Everything on the page."""

    edition: Edition
    lines: list[BoardLine]
    own: list[OwnOrganisation]

    @property
    def is_open(self) -> bool:
        return self.edition.status in OPEN_FOR_THEMES


def board_editions(user: object) -> list[Edition]:
    """Editions that the person may see, newest first; one query."""
    return list(Edition.objects.visible_to(user).order_by("-year"))


def chosen_edition(editions: Sequence[Edition], year: str) -> Edition | None:
    """The edition of this year; for anything else the newest that takes proposals, or the newest of all."""
    asked = [each for each in editions if str(each.year) == year.strip()]
    open_now = [each for each in editions if each.status in OPEN_FOR_THEMES]
    return next(iter([*asked, *open_now, *editions]), None)


def read_board(user: Any, edition: Edition) -> Board:
    """The board in the order of points, then of dates; two queries, four for whoever is signed in."""
    own = own_organisations(user) if getattr(user, "is_authenticated", False) else []
    keys = {each.pk for each in own}
    proposals = list(ranked_proposals(edition))
    agenda = _agenda(edition)
    ranked: dict[int, list[str]] = {key: [] for key in keys}
    for rank in _own_ranks(edition, keys) if keys else ():
        ranked[rank.organisation_id].append(rank.proposal.title)
    return Board(
        edition=edition,
        lines=[
            BoardLine(
                number=number,
                proposal=proposal,
                points=proposal.points,
                voters=proposal.voters,
                agenda=tuple(agenda.get(proposal.theme_id or 0, ())),
                is_own=proposal.organisation_id in keys,
            )
            for number, proposal in enumerate(proposals, start=1)
        ],
        own=[OwnOrganisation(organisation=each, ranked=tuple(ranked[each.pk])) for each in own],
    )


def ranked_proposals(edition: Edition) -> QuerySet[Any]:
    """What is on the board with its points: place 1 gives five, place 5 one; equals by the earlier date."""
    return (
        ThemeProposal.objects.on_the_board()
        .filter(edition=edition)
        .select_related("organisation", "theme")
        .annotate(
            points=Coalesce(Sum(MOST_RANKED + 1 - F("ranks__place")), 0),
            voters=Count("ranks"),
        )
        .order_by("-points", "proposed_at", "pk")
    )


def own_organisations(user: Any) -> list[Organisation]:
    """The person's organisations that the board may name."""
    own = Organisation.objects.of_person(user).filter(register_status__in=PUBLIC_STATUSES)
    return list(own.order_by("order_key", "pk"))


def not_ordered_yet(user: Any) -> list[tuple[Organisation, Edition]]:
    """The person's organisations that ordered no theme of an open edition in which others wait for their order.

    A theme of their own alone leaves nothing to choose. Two queries for each open edition, one for most people.
    """
    own = own_organisations(user)
    if not own:
        return []
    found: list[tuple[Organisation, Edition]] = []
    for edition in Edition.objects.visible_to(user).filter(status__in=OPEN_FOR_THEMES).order_by("-year"):
        waiting = ThemeProposal.objects.filter(edition=edition, status=ProposalStatus.PROPOSED)
        proposers = set(waiting.values_list("organisation", flat=True))
        ordered = set(_own_ranks(edition, {each.pk for each in own}).values_list("organisation", flat=True))
        found += [(each, edition) for each in own if each.pk not in ordered and proposers - {each.pk}]
    return found


def own_proposals(user: Any) -> QuerySet[ThemeProposal]:
    """Proposals of the person's organisations: nobody else finds them by these pages."""
    own = Organisation.objects.of_person(user)
    return ThemeProposal.objects.filter(organisation__in=own).select_related("organisation", "edition")


def ranks_of(organisation: Organisation, edition: Edition) -> list[ThemeRank]:
    """The organisation's order, the most wanted first."""
    ranks = ThemeRank.objects.filter(organisation=organisation, edition=edition)
    return list(ranks.select_related("proposal").order_by("place"))


def to_be_ranked(organisation: Organisation, edition: Edition) -> list[Any]:
    """What may be chosen: proposals without an answer, and those that the organisation has ranked already."""
    mine = ThemeRank.objects.filter(organisation=organisation, edition=edition).values("proposal")
    wanted = Q(status=ProposalStatus.PROPOSED) | Q(pk__in=mine)
    return list(ranked_proposals(edition).filter(wanted))


def videoconferences_to_take(edition: Edition) -> QuerySet[Videoconference]:
    """Videoconferences of the edition on whose agenda a theme may be put."""
    return Videoconference.objects.filter(edition=edition).select_related("meeting", "edition").in_order()


def known_theme(title: str) -> Theme | None:
    """The theme of the vocabulary with these words in any spelling; one query over some tens of them."""
    wanted = fold(title)
    themes = cast("Iterable[Theme]", Theme.objects.order_by("position", "code"))
    return next((each for each in themes if wanted and fold(each.name) == wanted), None)


def _agenda(edition: Edition) -> dict[int, list[OnAgenda]]:
    links = VideoconferenceTheme.objects.filter(
        videoconference__in=Videoconference.objects.public().filter(edition=edition),
        theme__proposals__edition=edition,
    )
    found: dict[int, list[OnAgenda]] = {}
    rows = links.distinct().order_by("videoconference__number", "pk")
    for row in rows.values("pk", "theme_id", "reason", "videoconference__number"):
        found.setdefault(row["theme_id"], []).append(
            OnAgenda(number=row["videoconference__number"], year=edition.year, reason=row["reason"])
        )
    return found


def _own_ranks(edition: Edition, keys: set[int]) -> QuerySet[ThemeRank]:
    ranks = ThemeRank.objects.filter(edition=edition, organisation__in=keys)
    return ranks.select_related("proposal").order_by("organisation", "place")
