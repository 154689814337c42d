"""Search over the whole portal (row X4): a few of each kind, in any spelling of diacritics."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.dates import long_date
from core.numerals import edition_name
from core.territory.selectors import counties, suggest_uats
from core.text import Fold, fold
from organisations.forms.registry import clean_text
from organisations.models import AssociativeStructure, Organisation
from organisations.selectors.registry import MAX_RANKED, ranked
from programmes.models import Edition
from programmes.selectors.publications import public_announcements, public_documents
from videoconferences.models import Conclusion
from videoconferences.selectors.calendar import Entry, all_entries
from videoconferences.selectors.conclusions import public_conclusions, with_words

SHOWN: Final = 5
MAX_WORDS: Final = 8
# Letters of a conclusion that stand as the title of a hit.
LONGEST: Final = 140


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One result: a linked title and where it stands."""

    title: str
    url: str
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class Group:
    """Results of one kind; ``more_url`` leads to all of them when there are more than are shown."""

    name: str
    label: str
    hits: list[Hit] = field(default_factory=list)
    more_url: str = ""


def search_portal(text: str) -> list[Group]:
    """The kinds that have something for every word of ``text``; eight queries, none for a text without letters."""
    text = clean_text(text)
    words = fold(text).split()[:MAX_WORDS]
    if not words:
        return []
    groups = (
        _organisations(text, words),
        _places(text, words),
        _videoconferences(words),
        _conclusions(text, words),
        _editions(words),
        _structures(words),
        _announcements(words),
        _documents(words),
    )
    return [group for group in groups if group.hits]


def _has_all(words: Iterable[str], *texts: str) -> bool:
    folded = fold(" ".join(texts))
    return all(word in folded for word in words)


def _with_words(rows: QuerySet[Any], words: Iterable[str], *fields: str) -> QuerySet[Any]:
    """Rows in whose fields each word stands; for short tables, since nothing is indexed."""
    parts: list[Any] = []
    for name in fields:
        parts += [name, Value(" ")]
    found = rows.alias(searched=Fold(Concat(*parts, output_field=TextField())))
    for word in words:
        found = found.filter(searched__contains=word)
    return found


def _organisations(text: str, words: list[str]) -> Group:
    found = Organisation.objects.public()
    for word in words:
        found = found.filter(search_text__contains=word)
    # Of very many the first in the alphabet are ranked: looking at each of 100,000 would take seconds.
    first = found.order_by("order_key", "pk").values("pk")[:MAX_RANKED]
    chosen = ranked(Organisation.objects.filter(pk__in=first), text)
    rows = list(chosen.select_related("seat", "county")[: SHOWN + 1])
    return Group(
        name="organizatii",
        label=_("Organisations"),
        hits=[
            Hit(
                title=row.display_name,
                url=row.get_absolute_url(),
                place=", ".join(
                    filter(
                        None, (row.seat.name if row.seat else "", row.county.full_name if row.county else "")
                    )
                ),
            )
            for row in rows[:SHOWN]
        ],
        more_url=f"{reverse('organisations:list')}?{urlencode({'q': text})}" if len(rows) > SHOWN else "",
    )


def _places(text: str, words: list[str]) -> Group:
    hits = [
        Hit(
            title=county.full_name,
            url=reverse("organisations:county", args=[county.slug]),
            place=county.region.label,
        )
        for county in counties()
        if _has_all(words, county.name, _("county"), "judet") or words == [county.slug]
    ][:SHOWN]
    for uat in suggest_uats(text, limit=SHOWN):
        if uat.county:
            url = reverse("organisations:uat", args=[uat.county.slug, uat.slug])
            hits.append(Hit(title=uat.full_name, url=url, place=uat.county.full_name))
    return Group(name="locuri", label=_("Places"), hits=hits[: 2 * SHOWN])


def _videoconferences(words: list[str]) -> Group:
    language = get_language() or "ro"
    found = [entry for entry in all_entries() if _answers(entry, words)]
    return Group(
        name="videoconferinte",
        label=_("Videoconferences"),
        hits=[
            Hit(
                title=_("Videoconference no. %(number)s: %(places)s")
                % {"number": entry.number, "places": ", ".join(region.label for region in entry.regions)},
                url=reverse("videoconferences:detail", args=[entry.year, entry.number]),
                place=long_date(entry.day, language),
            )
            for entry in found[:SHOWN]
        ],
        more_url=reverse("videoconferences:list") if len(found) > SHOWN else "",
    )


def _conclusions(text: str, words: list[str]) -> Group:
    rows = list(with_words(public_conclusions(), words)[: SHOWN + 1])
    return Group(
        name="concluzii",
        label=_("Conclusions"),
        hits=[
            Hit(
                title=row.text if len(row.text) <= LONGEST else f"{row.text[:LONGEST].rsplit(' ', 1)[0]}…",
                url=reverse("videoconferences:conclusions", args=[_year(row), row.videoconference.number])
                + f"#concluzia-{row.pk}",
                place=_("%(kind)s, videoconference no. %(number)d, %(year)d")
                % {"kind": row.get_kind_display(), "number": row.videoconference.number, "year": _year(row)},
            )
            for row in rows[:SHOWN]
        ],
        more_url=f"{reverse('videoconferences:conclusion_list')}?{urlencode({'q': text})}"
        if len(rows) > SHOWN
        else "",
    )


def _year(conclusion: Conclusion) -> int:
    return conclusion.videoconference.edition.year


def _answers(entry: Entry, words: list[str]) -> bool:
    places = [name for region in entry.regions for name in (region.name, region.name_en)]
    places += [county.name for county in entry.counties]
    return _has_all(
        words,
        "videoconferinta regionala nr",
        str(entry.number),
        str(entry.year),
        *places,
        *entry.co_organisers,
    )


def _editions(words: list[str]) -> Group:
    language = get_language() or "ro"
    rows = Edition.objects.public().order_by("-year")
    return Group(
        name="editii",
        label=_("Editions"),
        hits=[
            Hit(
                title=f"{capfirst(edition_name(row.number, language))}, {row.year}",
                url=row.get_absolute_url(),
                place=str(row.get_status_display()),
            )
            for row in rows
            if _has_all(
                words,
                "editia edition",
                edition_name(row.number, "ro"),
                str(row.year),
                row.purpose,
                row.main_objective,
                row.central_theme,
                "calendar",
            )
        ][:SHOWN],
    )


def _structures(words: list[str]) -> Group:
    found = _with_words(
        AssociativeStructure.objects.order_by("position"), words, "acronym", "name", "name_en"
    )
    hits = [Hit(title=row.name, url=row.get_absolute_url(), place=row.acronym) for row in found[:SHOWN]]
    return Group(name="structuri", label=_("Associative structures"), hits=hits)


def _announcements(words: list[str]) -> Group:
    language = get_language() or "ro"
    found = _with_words(public_announcements(), words, "title", "summary", "body")
    hits = [
        Hit(
            title=row.title,
            url=row.get_absolute_url(),
            place=long_date(localdate(row.published_at), language),
        )
        for row in found[:SHOWN]
    ]
    return Group(name="anunturi", label=_("Announcements"), hits=hits)


def _documents(words: list[str]) -> Group:
    found = _with_words(
        public_documents().order_by("-edition__year", "position"), words, "title", "issuer", "text"
    )
    hits = [Hit(title=row.title, url=row.get_absolute_url(), place=row.issuer) for row in found[:SHOWN]]
    return Group(name="documente", label=_("Documents"), hits=hits)
