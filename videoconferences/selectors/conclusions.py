"""Conclusions as they are read: of one videoconference, of all of them, for the handbook of an edition."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat

from core.text import Fold
from programmes.models import Edition
from videoconferences.choices import ConclusionKind
from videoconferences.models import Conclusion, Theme, Videoconference


@dataclass(frozen=True)
class ConclusionGroup:
    """Conclusions of one kind, in their order."""

    kind: ConclusionKind
    conclusions: list[Conclusion]


def find_videoconference(user: object, *, year: int, number: int) -> Videoconference | None:
    """The videoconference of an address, if the person may see it."""
    found = Videoconference.objects.visible_to(user).select_related("edition", "meeting")
    return found.filter(edition__year=year, number=number).first()


def published_groups(videoconference: Videoconference) -> list[ConclusionGroup]:
    """What the videoconference concluded, by kind in the order of the kinds; one query."""
    rows = list(
        Conclusion.objects.public()
        .filter(videoconference=videoconference)
        .select_related("theme")
        .order_by("position", "pk")
    )
    return grouped(rows)


def grouped(conclusions: Iterable[Conclusion]) -> list[ConclusionGroup]:
    """Conclusions by kind; kinds that have none are left out."""
    by_kind: dict[str, list[Conclusion]] = {}
    for conclusion in conclusions:
        by_kind.setdefault(conclusion.kind, []).append(conclusion)
    return [ConclusionGroup(kind, by_kind[kind]) for kind in ConclusionKind if kind in by_kind]


def conclusions_to_write(videoconference: Videoconference) -> list[Conclusion]:
    """All of them in their order, drafts and those taken back too, for the page of the team."""
    rows = list(videoconference.conclusions.select_related("theme", "written_by").order_by("position", "pk"))
    for row in rows:
        # One object for all, so that rules read the videoconference without asking for it again.
        row.videoconference = videoconference
    return rows


def public_conclusions() -> QuerySet[Conclusion]:
    """Every published conclusion with what a list shows, newest videoconference first."""
    return (
        Conclusion.objects.public()
        .select_related("theme", "videoconference__edition", "videoconference__meeting")
        .order_by("-videoconference__meeting__on_date", "-videoconference__number", "position", "pk")
    )


def with_words(found: QuerySet[Any], words: Sequence[str]) -> QuerySet[Any]:
    """Those in whose words each of these (folded) stands; a table of some thousands at most is read through."""
    parts = ("text", Value(" "), "addressee", Value(" "), "follow_up", Value(" "))
    theme = Theme.objects.filter(pk=OuterRef("theme")).alias(searched=Fold("name"))
    found = found.alias(searched=Fold(Concat(*parts, output_field=TextField())))
    for word in words:
        found = found.filter(Q(searched__contains=word) | Q(Exists(theme.filter(searched__contains=word))))
    return found


def themes_concluded() -> list[Theme]:
    """Themes about which something public was concluded, in the order of the vocabulary."""
    used = Conclusion.objects.public().filter(theme__isnull=False)
    themes = Theme.objects.filter(pk__in=used.values("theme")).order_by("position", "code")
    return cast("list[Theme]", list(themes))


def editions_concluded() -> list[Edition]:
    """Editions of which something public was concluded, newest first."""
    used = Conclusion.objects.public().values("videoconference__edition")
    return list(Edition.objects.filter(pk__in=used).order_by("-year"))


def videoconferences_concluded() -> QuerySet[Videoconference]:
    """Videoconferences whose page of conclusions has something to read."""
    concluded = Conclusion.objects.public().filter(videoconference=OuterRef("pk"))
    return Videoconference.objects.public().filter(Exists(concluded)).select_related("edition").order_by("pk")


def conclusions_for_handbook(edition: Edition) -> list[ConclusionGroup]:
    """The edition's published conclusions by kind, in the order of its calendar: what its handbook is made from.

    The synthesis of 2021 names them beside the proposals of the online form as the source of the handbook. One query;
    a conclusion that is taken back later leaves the next making of the handbook by itself.
    """
    rows = (
        Conclusion.objects.public()
        .filter(videoconference__edition=edition)
        .select_related("theme", "videoconference__edition", "videoconference__meeting")
        .order_by("videoconference__number", "position", "pk")
    )
    return grouped(rows)
