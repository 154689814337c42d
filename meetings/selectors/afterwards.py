"""What remains of a gathering, for the team, for those who took part, for everybody."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import SystemRandom
from typing import Final

from django.db.models import Avg, Count
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.choices import MeetingStatus, RegistrationStatus
from meetings.models import Material, Meeting, MeetingFeedback, Recording, Registration

# Fewer answers could be told from one another.
FEWEST: Final = 5
OPEN_FOR: Final = timedelta(days=30)
# Without a known end.
_LASTS: Final = timedelta(hours=2)


def ended_at(meeting: Meeting) -> datetime:
    """When it ended, or must have."""
    if meeting.ends_at is not None:
        return meeting.ends_at
    return meeting.starts_at + _LASTS if meeting.starts_at is not None else meeting.begins_at


def why_no_feedback(registration: Registration) -> str:
    """Why this person cannot give feedback now; empty when they can."""
    meeting, now = registration.meeting, timezone.now()
    if meeting.status not in (MeetingStatus.SCHEDULED, MeetingStatus.HELD) or not took_part(registration):
        return _("Whoever had a place can say what they thought of it.")
    if registration.has_given_feedback:
        return _("You have told us already. Thank you.")
    if now < ended_at(meeting):
        return _("You can say what you thought of it once it is over.")
    if now > ended_at(meeting) + OPEN_FOR:
        return _("The questions were open for 30 days.")
    return ""


def took_part(registration: Registration) -> bool:
    """Whoever had a place at an address that is known, or was seen there."""
    has_place = registration.status == RegistrationStatus.CONFIRMED and registration.address_confirmed_at
    return bool(has_place) or hasattr(registration, "attendance")


@dataclass(frozen=True, kw_only=True)
class Remains:
    """What one reader finds afterwards."""

    recording: Recording | None = None
    materials: list[Material] = field(default_factory=list)

    def __bool__(self) -> bool:
        return self.recording is not None or bool(self.materials)


def remains_for(registration: Registration) -> Remains:
    """What participants find, whether or not everybody does; nothing for whoever had no place."""
    if not took_part(registration):
        return Remains()
    return Remains(
        recording=Recording.objects.filter(meeting=registration.meeting_id).first(),
        materials=list(Material.objects.filter(meeting=registration.meeting_id)),
    )


def remains_for_everybody(meeting: Meeting) -> Remains:
    """What the gathering's own page shows: what the team let everybody see."""
    recording: Recording | None = getattr(meeting, "recording", None)
    return Remains(
        recording=recording if recording is not None and recording.is_public else None,
        materials=list(Material.objects.filter(meeting=meeting.pk, is_public=True)),
    )


@dataclass(frozen=True, kw_only=True)
class FeedbackResults:
    """Counts and averages from five answers on; texts in no order. ``enough`` is False below that: only ``answers``."""

    answers: int
    enough: bool = False
    averages: list[tuple[str, str]] = field(default_factory=list)
    marks: list[tuple[int, int, int]] = field(default_factory=list)
    learned: list[str] = field(default_factory=list)
    improve: list[str] = field(default_factory=list)


def feedback_results(meeting: Meeting) -> FeedbackResults:
    """What the team learns; of fewer than five answers only how many there are."""
    rows = MeetingFeedback.objects.filter(meeting=meeting).order_by()
    answers = rows.count()
    if answers < FEWEST:
        return FeedbackResults(answers=answers)
    averages = rows.aggregate(useful=Avg("usefulness"), organised=Avg("organisation"))
    useful = dict(rows.values_list("usefulness").annotate(number=Count("pk")))
    organised = dict(rows.values_list("organisation").annotate(number=Count("pk")))
    return FeedbackResults(
        answers=answers,
        enough=True,
        averages=[
            (_("Useful"), f"{averages['useful']:.1f}".replace(".", ",")),
            (_("Well organised"), f"{averages['organised']:.1f}".replace(".", ",")),
        ],
        marks=[(mark, useful.get(mark, 0), organised.get(mark, 0)) for mark in range(5, 0, -1)],
        learned=_texts(rows.exclude(learned="").values_list("learned", flat=True)),
        improve=_texts(rows.exclude(improve="").values_list("improve", flat=True)),
    )


def _texts(found: Iterable[str]) -> list[str]:
    """In an order that is another each time, each column by itself: nobody tells by it who wrote when, or what else."""
    texts = list(found)
    SystemRandom().shuffle(texts)
    return texts
