"""The admin's start page: what waits, what does not add up, what was changed last; each leads to its list."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes.choices import PUBLIC_EDITION_STATUSES, FigureKind
from programmes.models import Edition, StatedFigure
from programmes.selectors.coverage import read_coverage
from promotori.waiting import list_of, waiting_for
from videoconferences.models import CoOrganiser

LATEST_CHANGES = 10
NAMED = 8


@dataclass(frozen=True)
class Notice:
    """What does not add up in the data, with where to look."""

    sentence: str
    url: str
    link: str


def dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Adds the page's lists to the context; a person sees only what they may view."""
    user: Any = request.user
    may_see_editions = user.has_perm("programmes.view_edition") and user.has_perm(
        "organisations.view_organisation"
    )
    return {
        **context,
        "waiting": waiting_for(user),
        "notices": list(_notices()) if may_see_editions else [],
        "changes": _latest_changes(user),
        "shortcuts": _shortcuts(user),
    }


def _notices() -> Iterator[Notice]:
    """Of the newest edition that the public sees."""
    edition = Edition.objects.filter(status__in=PUBLIC_EDITION_STATUSES).order_by("-year").first()
    if edition is None:
        return
    yield from _promoters(edition)
    yield from _coverage(edition)


def _promoters(edition: Edition) -> Iterator[Notice]:
    """D1: stated promoters, named co-organisers and recorded mandates are three things; none is made from another."""
    stated = StatedFigure.objects.filter(edition=edition, kind=FigureKind.PROMOTERS).first()
    named = (
        CoOrganiser.objects.filter(videoconference__edition=edition).aggregate(
            n=Count("organisation", distinct=True)
        )
    )["n"]
    mandates = edition.mandates.count()
    if stated is not None and not stated.value == named == mandates:
        yield Notice(
            _(
                "The edition of %(year)d states %(stated)d promoters, its calendar names %(named)d co-organisers and "
                "%(mandates)d mandates are recorded."
            )
            % {"year": edition.year, "stated": stated.value, "named": named, "mandates": mandates},
            list_of("programmes_mandate", edition__id__exact=edition.pk),
            _("See the mandates"),
        )


def _coverage(edition: Edition) -> Iterator[Notice]:
    coverage = read_coverage(edition)
    url = list_of("videoconferences_videoconference", edition__id__exact=edition.pk)
    values = {"year": edition.year}
    if coverage.missing_regions:
        names = ", ".join(str(region) for region in coverage.missing_regions)
        yield Notice(
            _("Regions without a videoconference in the edition of %(year)d: %(names)s.")
            % {**values, "names": names},
            url,
            _("See the calendar"),
        )
    if coverage.missing_counties:
        yield Notice(
            ngettext(
                "%(count)d county has no videoconference in the edition of %(year)d: %(names)s.",
                "%(count)d counties have no videoconference in the edition of %(year)d: %(names)s.",
                len(coverage.missing_counties),
            )
            % {**values, "count": len(coverage.missing_counties), "names": _first(coverage.missing_counties)},
            url,
            _("See the calendar"),
        )


def _first(places: Any) -> str:
    names = [str(place) for place in places[:NAMED]]
    if (left := len(places) - NAMED) > 0:
        names.append(ngettext("%(count)s more", "%(count)s more", left) % {"count": left})
    return ", ".join(names)


def _latest_changes(user: Any) -> list[dict[str, Any]]:
    """The admin's log, without what the person may not view."""
    entries = LogEntry.objects.select_related("content_type", "user")[: LATEST_CHANGES * 3]
    shown = []
    for entry in entries:
        kind = entry.content_type
        if kind is None or not user.has_perm(f"{kind.app_label}.view_{kind.model}"):
            continue
        url = "" if entry.is_deletion() else _change_url(entry)
        shown.append({"entry": entry, "url": url, "verb": _verb(entry), "kind": kind.name})
    return shown[:LATEST_CHANGES]


def _change_url(entry: LogEntry) -> str:
    kind = entry.content_type
    model = kind.model_class() if kind else None
    if kind is None or model is None or not admin.site.is_registered(model):
        return ""
    return reverse(f"admin:{kind.app_label}_{kind.model}_change", args=[entry.object_id])


def _verb(entry: LogEntry) -> str:
    if entry.is_addition():
        return _("added")
    return _("deleted") if entry.is_deletion() else _("changed")


def _shortcuts(user: Any) -> list[dict[str, str]]:
    """What people come for most."""
    wanted = (
        ("videoconferences", "videoconference", _("Add a videoconference")),
        ("organisations", "organisation", _("Add an organisation")),
        ("programmes", "announcement", _("Write an announcement")),
        ("programmes", "mandate", _("Record a mandate")),
    )
    return [
        {"label": label, "url": reverse(f"admin:{app_label}_{model}_add")}
        for app_label, model, label in wanted
        if user.has_perm(f"{app_label}.add_{model}")
    ]
