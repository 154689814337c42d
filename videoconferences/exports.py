"""What leaves as a file: videoconferences as a calendar (no person, no join link; meetings.exports), conclusions."""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Event

from core.sheets import write_csv, write_xlsx
from meetings.exports import calendar_event, calendar_file, day_event
from programmes.choices import ActivityKind
from programmes.models import Edition
from videoconferences.models import Conclusion, Videoconference

CONTENT_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_FIGURE_COLUMNS: Final = (
    "Sector",
    "Nivel",
    "Regiune",
    "Tipul UAT",
    "Prezențe",
    "Persoane distincte",
)
_CONCLUSION_COLUMNS: Final = (
    "Ediția (anul)",
    "Nr. videoconferință",
    "Data",
    "Felul",
    "Concluzia",
    "Tema",
    "Nivelul",
    "Destinatarul",
    "Urmarea",
    "Ce s-a făcut",
)


def _host() -> str:
    return settings.SITE_URL.partition("://")[2].partition(":")[0]


def videoconference_event(videoconference: Videoconference, *, regions: str, co_organisers: str) -> Event:
    """The entry of one videoconference: its number and regions, its co-organisers, its page."""
    title = _("Regional videoconference no. %(number)s") % {"number": videoconference.number}
    lines = [_("Edition %(year)s") % {"year": videoconference.edition.year}]
    if co_organisers:
        lines.append(_("Co-organisers: %(names)s") % {"names": co_organisers})
    return calendar_event(
        videoconference.meeting,
        host=_host(),
        summary=f"{title}: {regions}" if regions else title,
        description="\n".join(lines),
        address=settings.SITE_URL + videoconference.get_absolute_url(),
    )


def videoconference_calendar(
    videoconferences: Iterable[Videoconference], words: Mapping[int, tuple[str, str]], *, language: str
) -> bytes:
    """The calendar of these videoconferences; ``words`` gives regions and co-organisers by key."""
    return calendar_file(
        _events(videoconferences, words), name=_("Regional videoconferences"), language=language
    )


def edition_calendar(
    edition: Edition,
    videoconferences: Iterable[Videoconference],
    words: Mapping[int, tuple[str, str]],
    *,
    language: str,
) -> bytes:
    """The whole calendar of an edition: videoconferences, dated activities, closing event."""
    page = settings.SITE_URL + reverse("videoconferences:edition_calendar", args=[edition.year])
    events = list(_events(videoconferences, words))
    closing = getattr(edition, "closing_event", None)
    for activity in edition.activities.all():
        day = activity.due_on or activity.on_date
        # What happens at the closing event is in the event's own entry.
        if day is None or (activity.kind == ActivityKind.CLOSING and closing):
            continue
        summary = _("Deadline: %(activity)s") if activity.due_on else "%(activity)s"
        events.append(
            day_event(
                uid=f"activity-{activity.pk}@{_host()}",
                day=day,
                changed=edition.updated_at,
                summary=summary % {"activity": activity.title},
                address=page,
            )
        )
    if closing and closing.meeting.is_public:
        events.append(
            calendar_event(
                closing.meeting,
                host=_host(),
                summary=closing.meeting.title,
                description=closing.meeting.summary,
                address=page,
            )
        )
    name = _("Calendar of the edition %(year)s") % {"year": edition.year}
    return calendar_file(events, name=name, language=language)


def _events(
    videoconferences: Iterable[Videoconference], words: Mapping[int, tuple[str, str]]
) -> Iterable[Event]:
    for videoconference in videoconferences:
        regions, co_organisers = words.get(videoconference.pk, ("", ""))
        yield videoconference_event(videoconference, regions=regions, co_organisers=co_organisers)


def sheet_file(lines: Iterable[Iterable[Any]], kind: str, *, title: str) -> tuple[bytes, str]:
    """The lines as CSV or XLSX, every cell escaped; content and its type."""
    if kind == "csv":
        return b"".join(write_csv(lines)), CONTENT_TYPES["csv"]
    file = io.BytesIO()
    write_xlsx(lines, file, title=title)
    return file.getvalue(), CONTENT_TYPES["xlsx"]


def conclusion_file(conclusions: Sequence[Conclusion], kind: str) -> tuple[bytes, str]:
    """A conclusion a line, in Romanian, as :func:`sheet_file` gives it."""

    def lines() -> Iterator[Iterable[Any]]:
        yield _CONCLUSION_COLUMNS
        for each in conclusions:
            videoconference = each.videoconference
            yield (
                videoconference.edition.year,
                videoconference.number,
                f"{videoconference.meeting.on_date:%d.%m.%Y}",
                each.get_kind_display(),
                each.text,
                each.theme.name if each.theme else "",
                each.get_level_display() if each.level else "",
                each.addressee,
                each.get_follow_up_state_display(),
                each.follow_up,
            )

    with override("ro"):
        return sheet_file(lines(), kind, title="Concluzii")


def figures_file(lines: Iterable[Iterable[Any]], kind: str) -> tuple[bytes, str]:
    """Participants by sector, level, region and type of UAT, a group a line, as :func:`sheet_file` gives it."""
    return sheet_file([_FIGURE_COLUMNS, *lines], kind, title="Participanți")
