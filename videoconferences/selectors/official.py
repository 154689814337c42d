"""The official calendar of an edition, read for the page, the PDF and the iCalendar feed alike."""

from datetime import datetime

from django.utils.translation import gettext as _

from core.dates import plain_date
from meetings.choices import MeetingStatus
from meetings.models import Meeting
from programmes.choices import ActivityKind, CalendarTextKind
from programmes.models import Activity, Edition
from programmes.selectors.coverage import place_ids, regions_of
from videoconferences.calendar import CalendarActivity, CalendarClosing, CalendarDocument, CalendarRow
from videoconferences.models import Videoconference


def calendar_document(edition: Edition, *, language: str = "ro") -> CalendarDocument:
    """The three parts of the calendar; five queries. Co-organisers by their right names, in the printed order."""
    activities = list(edition.activities.all())
    texts: dict[str, list[str]] = {}
    for kind, text in edition.calendar_texts.values_list("kind", "text"):
        texts.setdefault(kind, []).append(text)
    videoconferences = _videoconferences(edition)
    closing = getattr(edition, "closing_event", None)
    return CalendarDocument(
        number=edition.number,
        year=edition.year,
        permanent_until=edition.permanent_deadline,
        permanent=_activities(activities, ActivityKind.PERMANENT, language),
        monthly=_activities(activities, ActivityKind.MONTHLY, language),
        monthly_intro=edition.monthly_intro,
        videoconferences=tuple(_row(videoconference) for videoconference in videoconferences),
        participants=tuple(texts.get(CalendarTextKind.AUDIENCE, ())),
        central_theme=edition.central_theme,
        purposes=tuple(texts.get(CalendarTextKind.PURPOSE, ())),
        other_themes=tuple(texts.get(CalendarTextKind.OTHER_THEME, ())),
        closing=_closing(edition, closing.meeting if closing else None, activities),
        changed=_changed(edition, [videoconference.meeting for videoconference in videoconferences], closing),
    )


def _activities(activities: list[Activity], kind: str, language: str) -> tuple[CalendarActivity, ...]:
    return tuple(
        CalendarActivity(text=activity.title, due=_due(activity, language), deliverable=activity.deliverable)
        for activity in activities
        if activity.kind == kind
    )


def _due(activity: Activity, language: str) -> str:
    day = activity.due_on or activity.on_date
    return activity.due_as_stated or (plain_date(day, language) if day else "")


def _videoconferences(edition: Edition) -> list[Videoconference]:
    region_ids, _county_ids = place_ids(Videoconference, "videoconference")
    return list(
        Videoconference.objects.public()
        .filter(edition=edition)
        .select_related("edition", "meeting")
        .prefetch_related("co_organiser_links__organisation")
        .annotate(region_ids=region_ids)
        .in_order()
    )


def _row(videoconference: Videoconference) -> CalendarRow:
    meeting = videoconference.meeting
    return CalendarRow(
        number=videoconference.number,
        day=meeting.on_date,
        starts_at=meeting.local_start,
        regions=tuple(region.label for region in regions_of(videoconference.region_ids)),  # type: ignore[attr-defined]
        co_organisers=tuple(
            link.organisation.display_name for link in videoconference.co_organiser_links.all()
        ),
        remark=remark(meeting),
        address=videoconference.get_absolute_url(),
    )


def _closing(edition: Edition, meeting: Meeting | None, activities: list[Activity]) -> CalendarClosing | None:
    items = tuple(activity.title for activity in activities if activity.kind == ActivityKind.CLOSING)
    shown = meeting if meeting and meeting.is_public else None
    if not items and shown is None:
        return None
    return CalendarClosing(
        day=shown.on_date if shown else None,
        starts_at=shown.local_start if shown else None,
        marks_day=edition.closing_event.marks_day if shown else None,
        summary=shown.summary if shown else "",
        items=items,
        remark=remark(shown) if shown else "",
    )


def remark(meeting: Meeting) -> str:
    """What a reader must know of a meeting that will not be, or was not, held on its day."""
    return {
        MeetingStatus.CANCELLED: _("cancelled"),
        MeetingStatus.POSTPONED: _("postponed, the new date will be announced"),
    }.get(MeetingStatus(meeting.status), "")


def _changed(edition: Edition, meetings: list[Meeting], closing: object) -> datetime:
    """The last change of anything with a date of its own; lines of the lists have none."""
    moments = [edition.updated_at, *(meeting.updated_at for meeting in meetings)]
    if closing is not None:
        moments.append(closing.meeting.updated_at)  # type: ignore[attr-defined]
    return max(moments)
