"""What waits for staff, each with its number and the list that it counts, by the permission to see it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import ngettext_lazy

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
from programmes.selectors.phases import overdue_editions
from videoconferences.choices import ProposalStatus
from videoconferences.models import ThemeProposal, Videoconference


@dataclass(frozen=True)
class Waiting:
    """How many wait, the words for one and for many, and the list that it counts.

    ``others`` are further numbers in the words.
    """

    count: int
    words: Any
    url: str
    others: Mapping[str, int] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        return str(self.words % {"count": self.count, **self.others})


def waiting_for(user: Any) -> list[Waiting]:
    """What is there for this person, nothing that counts none."""
    return [
        item for permission, items in _SOURCES if user.has_perm(permission) for item in items() if item.count
    ]


def list_of(model: str, **parameters: Any) -> str:
    """The list of the admin, as these parameters filter it."""
    return f"{reverse(f'admin:{model}_changelist')}?{urlencode(parameters)}"


def _messages() -> Iterator[Waiting]:
    count = Feedback.objects.waiting().count()
    yield Waiting(
        count,
        ngettext_lazy(
            "%(count)d message waits for an answer", "%(count)d messages wait for an answer", "count"
        ),
        list_of("pages_feedback", status__exact="new"),
    )


def _requests() -> Iterator[Waiting]:
    work = count_work(timezone.now())
    name = "organisations_submission"
    yield Waiting(
        work.waiting,
        ngettext_lazy(
            "%(count)d request waits for a decision", "%(count)d requests wait for a decision", "count"
        ),
        list_of(name, starea="asteapta"),
    )
    yield Waiting(
        work.overdue,
        ngettext_lazy(
            "%(count)d request has waited for more than %(days)d working days",
            "%(count)d requests have waited for more than %(days)d working days",
            "count",
        ),
        list_of(name, starea="intarziate"),
        {"days": DECIDED_WITHIN},
    )
    yield Waiting(
        work.reports,
        ngettext_lazy("%(count)d report of a reader waits", "%(count)d reports of readers wait", "count"),
        list_of("organisations_recordreport", status__exact="new"),
    )


def _mails() -> Iterator[Waiting]:
    name = "messaging_message"
    count = Message.objects.filter(status=MessageStatus.FAILED).count()
    yield Waiting(
        count,
        ngettext_lazy("%(count)d mail could not be sent", "%(count)d mails could not be sent", "count"),
        list_of(name, status__exact=MessageStatus.FAILED),
    )
    count = Message.objects.waiting_for_staff().count()
    yield Waiting(
        count,
        ngettext_lazy(
            "%(count)d mail was perhaps sent and waits for a decision",
            "%(count)d mails were perhaps sent and wait for a decision",
            "count",
        ),
        list_of(name, asteapta="nesigure"),
    )
    count = Message.objects.late(timezone.now()).count()
    yield Waiting(
        count,
        ngettext_lazy(
            "%(count)d mail should have left long ago", "%(count)d mails should have left long ago", "count"
        ),
        list_of(name, asteapta="intarziate"),
    )
    count = count_late(timezone.now())
    yield Waiting(
        count,
        ngettext_lazy(
            "%(count)d reminder should have been written long ago",
            "%(count)d reminders should have been written long ago",
            "count",
        ),
        list_of("meetings_reminder"),
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
        ngettext_lazy("%(count)d organisation is a draft", "%(count)d organisations are drafts", "count"),
        list_of(name, register_status__exact="draft"),
    )
    count = counts["placeless"]
    yield Waiting(
        count,
        ngettext_lazy(
            "%(count)d organisation recorded from documents has no county",
            "%(count)d organisations recorded from documents have no county",
            "count",
        ),
        list_of(name, register_status__exact="recorded", lipsa="judet"),
    )


def _confirmations() -> Iterator[Waiting]:
    overdue = Reconfirmation.objects.filter(status=ReconfirmationStatus.OVERDUE)
    count = with_nobody_to_ask(overdue).count()
    yield Waiting(
        count,
        ngettext_lazy(
            "%(count)d organisation was not confirmed in time and has nobody to ask",
            "%(count)d organisations were not confirmed in time and have nobody to ask",
            "count",
        ),
        list_of("organisations_reconfirmation", status__exact=ReconfirmationStatus.OVERDUE, nimeni="da"),
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
        ngettext_lazy(
            "%(count)d videoconference is a draft", "%(count)d videoconferences are drafts", "count"
        ),
        list_of(name, meeting__status__exact="draft"),
    )
    count = counts["hourless"]
    yield Waiting(
        count,
        ngettext_lazy(
            "%(count)d videoconference has no hour", "%(count)d videoconferences have no hour", "count"
        ),
        list_of(name, asteapta="ora"),
    )


def _themes() -> Iterator[Waiting]:
    count = ThemeProposal.objects.filter(status=ProposalStatus.PROPOSED).count()
    yield Waiting(
        count,
        ngettext_lazy(
            "%(count)d proposed theme waits for an answer",
            "%(count)d proposed themes wait for an answer",
            "count",
        ),
        list_of("videoconferences_themeproposal", status__exact=ProposalStatus.PROPOSED),
    )


def _meetings() -> Iterator[Waiting]:
    today = timezone.localdate(timezone=BUCHAREST)
    count = Meeting.objects.filter(status=MeetingStatus.SCHEDULED, on_date__lt=today).count()
    yield Waiting(
        count,
        ngettext_lazy(
            "%(count)d meeting is past and not marked as held",
            "%(count)d meetings are past and not marked as held",
            "count",
        ),
        list_of("meetings_meeting", asteapta="trecut"),
    )


def _editions() -> Iterator[Waiting]:
    count = len(overdue_editions())
    yield Waiting(
        count,
        ngettext_lazy(
            "%(count)d edition has a phase whose date has passed",
            "%(count)d editions have a phase whose date has passed",
            "count",
        ),
        list_of("programmes_edition", faza="intarziata"),
    )


def _people() -> Iterator[Waiting]:
    count = long_unused(now=timezone.now()).staff().count()
    yield Waiting(
        count,
        ngettext_lazy(
            "%(count)d account of the team has not been used for two years",
            "%(count)d accounts of the team have not been used for two years",
            "count",
        ),
        list_of("accounts_user", folosire="nefolosit"),
    )
    count = Erasure.objects.exclude(left=[]).count()
    yield Waiting(
        count,
        ngettext_lazy(
            "%(count)d erasure of a person left the address somewhere",
            "%(count)d erasures of people left the address somewhere",
            "count",
        ),
        list_of("accounts_erasure"),
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
