"""The admin's start page: what waits, what does not add up, what was changed last; each leads to its list."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.accounts.models import Erasure
from core.accounts.services.absence import long_unused
from core.messaging.choices import MessageStatus
from core.messaging.models import Message
from core.pages.models import Feedback
from meetings.choices import MeetingStatus
from meetings.models import BUCHAREST, Meeting
from meetings.selectors.reminders import count_late
from organisations.choices import ReconfirmationStatus, RegisterStatus
from organisations.models import Organisation, Reconfirmation
from organisations.selectors.moderation import DECIDED_WITHIN, count_work
from organisations.selectors.reconfirmation import with_nobody_to_ask
from programmes.choices import PUBLIC_EDITION_STATUSES, FigureKind
from programmes.models import Edition, StatedFigure
from programmes.selectors.coverage import read_coverage
from programmes.selectors.phases import overdue_editions
from videoconferences.choices import ProposalStatus
from videoconferences.models import CoOrganiser, ThemeProposal, Videoconference

LATEST_CHANGES = 10
NAMED = 8


@dataclass(frozen=True)
class Waiting:
    """A sentence with its number and the list that it counts."""

    count: int
    sentence: str
    url: str


@dataclass(frozen=True)
class Notice:
    """What does not add up in the data, with where to look."""

    sentence: str
    url: str
    link: str


def dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Adds the page's lists to the context; a person sees only what they may view."""
    user: Any = request.user
    waiting = [
        item for permission, items in _SOURCES if user.has_perm(permission) for item in items() if item.count
    ]
    may_see_editions = user.has_perm("programmes.view_edition") and user.has_perm(
        "organisations.view_organisation"
    )
    return {
        **context,
        "waiting": waiting,
        "notices": list(_notices()) if may_see_editions else [],
        "changes": _latest_changes(user),
        "shortcuts": _shortcuts(user),
    }


def _list(model: str, **parameters: Any) -> str:
    return f"{reverse(f'admin:{model}_changelist')}?{urlencode(parameters)}"


def _messages() -> Iterator[Waiting]:
    count = Feedback.objects.waiting().count()
    yield Waiting(
        count,
        ngettext("%(count)d message waits for an answer", "%(count)d messages wait for an answer", count)
        % {"count": count},
        _list("pages_feedback", status__exact="new"),
    )


def _requests() -> Iterator[Waiting]:
    work = count_work(timezone.now())
    name = "organisations_submission"
    yield Waiting(
        work.waiting,
        ngettext(
            "%(count)d request waits for a decision", "%(count)d requests wait for a decision", work.waiting
        )
        % {"count": work.waiting},
        _list(name, starea="asteapta"),
    )
    yield Waiting(
        work.overdue,
        ngettext(
            "%(count)d request has waited for more than %(days)d working days",
            "%(count)d requests have waited for more than %(days)d working days",
            work.overdue,
        )
        % {"count": work.overdue, "days": DECIDED_WITHIN},
        _list(name, starea="intarziate"),
    )
    yield Waiting(
        work.reports,
        ngettext("%(count)d report of a reader waits", "%(count)d reports of readers wait", work.reports)
        % {"count": work.reports},
        _list("organisations_recordreport", status__exact="new"),
    )


def _mails() -> Iterator[Waiting]:
    name = "messaging_message"
    count = Message.objects.filter(status=MessageStatus.FAILED).count()
    yield Waiting(
        count,
        ngettext("%(count)d mail could not be sent", "%(count)d mails could not be sent", count)
        % {"count": count},
        _list(name, status__exact=MessageStatus.FAILED),
    )
    count = Message.objects.waiting_for_staff().count()
    yield Waiting(
        count,
        ngettext(
            "%(count)d mail was perhaps sent and waits for a decision",
            "%(count)d mails were perhaps sent and wait for a decision",
            count,
        )
        % {"count": count},
        _list(name, asteapta="nesigure"),
    )
    count = Message.objects.late(timezone.now()).count()
    yield Waiting(
        count,
        ngettext(
            "%(count)d mail should have left long ago", "%(count)d mails should have left long ago", count
        )
        % {"count": count},
        _list(name, asteapta="intarziate"),
    )
    count = count_late(timezone.now())
    yield Waiting(
        count,
        ngettext(
            "%(count)d reminder should have been written long ago",
            "%(count)d reminders should have been written long ago",
            count,
        )
        % {"count": count},
        _list("meetings_reminder"),
    )


def _organisations() -> Iterator[Waiting]:
    counts = Organisation.objects.aggregate(
        draft=Count("pk", filter=Q(register_status=RegisterStatus.DRAFT)),
        placeless=Count("pk", filter=Q(register_status=RegisterStatus.RECORDED, county=None)),
    )
    name = "organisations_organisation"
    count = counts["draft"]
    yield Waiting(
        count,
        ngettext("%(count)d organisation is a draft", "%(count)d organisations are drafts", count)
        % {"count": count},
        _list(name, register_status__exact="draft"),
    )
    count = counts["placeless"]
    yield Waiting(
        count,
        ngettext(
            "%(count)d organisation recorded from documents has no county",
            "%(count)d organisations recorded from documents have no county",
            count,
        )
        % {"count": count},
        _list(name, register_status__exact="recorded", lipsa="judet"),
    )


def _confirmations() -> Iterator[Waiting]:
    overdue = Reconfirmation.objects.filter(status=ReconfirmationStatus.OVERDUE)
    count = with_nobody_to_ask(overdue).count()
    yield Waiting(
        count,
        ngettext(
            "%(count)d organisation was not confirmed in time and has nobody to ask",
            "%(count)d organisations were not confirmed in time and have nobody to ask",
            count,
        )
        % {"count": count},
        _list("organisations_reconfirmation", status__exact=ReconfirmationStatus.OVERDUE, nimeni="da"),
    )


def _videoconferences() -> Iterator[Waiting]:
    counts = Videoconference.objects.aggregate(
        draft=Count("pk", filter=Q(meeting__status=MeetingStatus.DRAFT)),
        hourless=Count("pk", filter=Q(meeting__starts_at=None)),
    )
    name = "videoconferences_videoconference"
    count = counts["draft"]
    yield Waiting(
        count,
        ngettext("%(count)d videoconference is a draft", "%(count)d videoconferences are drafts", count)
        % {"count": count},
        _list(name, meeting__status__exact="draft"),
    )
    count = counts["hourless"]
    yield Waiting(
        count,
        ngettext("%(count)d videoconference has no hour", "%(count)d videoconferences have no hour", count)
        % {"count": count},
        _list(name, asteapta="ora"),
    )


def _themes() -> Iterator[Waiting]:
    count = ThemeProposal.objects.filter(status=ProposalStatus.PROPOSED).count()
    yield Waiting(
        count,
        ngettext(
            "%(count)d proposed theme waits for an answer",
            "%(count)d proposed themes wait for an answer",
            count,
        )
        % {"count": count},
        _list("videoconferences_themeproposal", status__exact=ProposalStatus.PROPOSED),
    )


def _meetings() -> Iterator[Waiting]:
    today = timezone.localdate(timezone=BUCHAREST)
    count = Meeting.objects.filter(status=MeetingStatus.SCHEDULED, on_date__lt=today).count()
    yield Waiting(
        count,
        ngettext(
            "%(count)d meeting is past and not marked as held",
            "%(count)d meetings are past and not marked as held",
            count,
        )
        % {"count": count},
        _list("meetings_meeting", asteapta="trecut"),
    )


def _editions() -> Iterator[Waiting]:
    count = len(overdue_editions())
    yield Waiting(
        count,
        ngettext(
            "%(count)d edition has a phase whose date has passed",
            "%(count)d editions have a phase whose date has passed",
            count,
        )
        % {"count": count},
        _list("programmes_edition", faza="intarziata"),
    )


def _people() -> Iterator[Waiting]:
    count = long_unused(now=timezone.now()).staff().count()
    yield Waiting(
        count,
        ngettext(
            "%(count)d account of the team has not been used for two years",
            "%(count)d accounts of the team have not been used for two years",
            count,
        )
        % {"count": count},
        _list("accounts_user", folosire="nefolosit"),
    )
    count = Erasure.objects.exclude(left=[]).count()
    yield Waiting(
        count,
        ngettext(
            "%(count)d erasure of a person left the address somewhere",
            "%(count)d erasures of people left the address somewhere",
            count,
        )
        % {"count": count},
        _list("accounts_erasure"),
    )


_SOURCES = (
    ("organisations.view_submission", _requests),
    ("pages.view_feedback", _messages),
    ("messaging.view_message", _mails),
    ("organisations.view_organisation", _organisations),
    ("organisations.view_reconfirmation", _confirmations),
    ("videoconferences.view_videoconference", _videoconferences),
    ("videoconferences.decide_themeproposal", _themes),
    ("meetings.view_meeting", _meetings),
    ("programmes.view_edition", _editions),
    ("accounts.view_erasure", _people),
)


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
            _list("programmes_mandate", edition__id__exact=edition.pk),
            _("See the mandates"),
        )


def _coverage(edition: Edition) -> Iterator[Notice]:
    coverage = read_coverage(edition)
    url = _list("videoconferences_videoconference", edition__id__exact=edition.pk)
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
