"""Figures of an edition: what a document states beside what the portal counts, never one instead of the other."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from programmes.choices import FigureKind, Qualifier
from programmes.models import StatedFigure
from programmes.selectors.participation import Participation


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One line of the table: ``counted`` is None where the portal has nothing to count from."""

    kind: str
    label: str
    stated: int | None = None
    qualifier: str = ""
    source: str = ""
    note: str = ""
    counted: int | None = None
    counted_note: str = ""


@dataclass(frozen=True, kw_only=True)
class Counts:
    """What the portal counts of one edition."""

    videoconferences: int
    co_organisers: int
    mandates: int
    partners: int
    organisations: int
    participation: Participation | None = None


def qualifier_word(qualifier: str) -> str:
    """The word before a stated number: "peste", "circa", or nothing for an exact one."""
    return "" if qualifier == Qualifier.EXACT else str(Qualifier(qualifier).label)


def figure_rows(stated: Iterable[StatedFigure], counts: Counts) -> list[Figure]:
    """The stated figures with the live ones beside them, in the order of the choices; co-organisers last.

    Promoters are counted from mandates alone: co-organising a videoconference proves none (D1).
    """
    by_kind = {figure.kind: figure for figure in stated}
    counted: dict[str, tuple[int | None, str]] = {
        FigureKind.VIDEOCONFERENCES: (counts.videoconferences, _("counted in the calendar")),
        FigureKind.PARTICIPANTS: _attendances(counts.participation),
        FigureKind.PROMOTERS: (
            (counts.mandates, _("mandates recorded"))
            if counts.mandates
            else (None, _("the documents name no promoter as such"))
        ),
        FigureKind.PARTNERS: (counts.partners, _("official partners recorded")),
        FigureKind.LISTED: (counts.organisations, _("in the registry today")),
    }
    rows = []
    for kind, (number, note) in counted.items():
        figure = by_kind.get(kind)
        if figure is None and not number:
            continue
        rows.append(
            Figure(
                kind=str(kind),
                label=str(FigureKind(kind).label),
                stated=figure.value if figure else None,
                qualifier=qualifier_word(figure.qualifier) if figure else "",
                source=figure.source if figure else "",
                note=figure.note if figure else "",
                counted=number,
                counted_note=note,
            )
        )
        if kind == FigureKind.PARTICIPANTS and counts.participation and counts.participation.persons:
            rows.append(
                Figure(
                    kind="persons",
                    label=_("Participants, distinct persons"),
                    counted=counts.participation.persons,
                    counted_note=_("each person once, whatever the number of videoconferences"),
                )
            )
    if counts.co_organisers:
        rows.append(
            Figure(
                kind="co-organisers",
                label=_("Co-organisers of videoconferences"),
                counted=counts.co_organisers,
                counted_note=_("distinct names in the calendar"),
            )
        )
    return rows


def _attendances(participation: Participation | None) -> tuple[int | None, str]:
    """Attendances, named as such: what is stated does not say whether it means them or persons (D11)."""
    if participation is None:
        return None, _("no list of participants has been published")
    if participation.attendances is None:
        return None, _("fewer than five people took part")
    return participation.attendances, _("attendances, as the portal counted them at the videoconferences")


def disagreement(rows: Iterable[Figure]) -> tuple[int, int] | None:
    """(promoters stated, co-organisers counted) where they differ and no mandate explains it (D1)."""
    by_kind = {row.kind: row for row in rows}
    promoters, co_organisers = by_kind.get(FigureKind.PROMOTERS), by_kind.get("co-organisers")
    if not promoters or not co_organisers or promoters.stated is None or promoters.counted is not None:
        return None
    stated, counted = promoters.stated, co_organisers.counted or 0
    return (stated, counted) if stated != counted else None
