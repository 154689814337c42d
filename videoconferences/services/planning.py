"""Videoconferences are made, copied, repeated and described; gatherings themselves change in meetings.services."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.territory.models import County, Region
from meetings.checks import is_skipped, moment
from meetings.choices import MeetingKind
from meetings.models import BUCHAREST, AgendaItem, Material, Meeting
from meetings.services.planning import MeetingChange, PlanningError
from organisations.models import Organisation
from programmes.models import Edition, EditionPart
from videoconferences.models import CoOrganiser, Theme, Videoconference, VideoconferenceTheme


def default_title(number: int) -> str:
    """Romanian, as the calendar prints it: titles are content, not interface."""
    return f"Videoconferința nr. {number}"


def next_number(edition: Edition) -> int:
    """The number after the last one of the edition."""
    return (edition.videoconferences.aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def create_videoconference(
    *,
    edition: Edition,
    number: int | None,
    on_date: date,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    part: EditionPart | None = None,
    regions: Iterable[Region] = (),
    actor: User | None,
) -> Videoconference:
    """A draft. Raises :class:`PlanningError` when the edition has the number already."""
    taken = _free_number(edition, number)
    meeting = Meeting.objects.create(
        kind=MeetingKind.VIDEOCONFERENCE,
        title=default_title(taken),
        on_date=on_date,
        starts_at=starts_at,
        ends_at=ends_at,
    )
    made = Videoconference.objects.create(
        edition=edition, part=part or part_of_day(edition, on_date), number=taken, meeting=meeting
    )
    made.regions.set(regions)
    return made


def part_of_day(edition: Edition, day: date) -> EditionPart | None:
    """The part of the edition whose period holds the day."""
    return edition.parts.filter(starts_on__lte=day, ends_on__gte=day).first()


@transaction.atomic
def copy_videoconference(
    *,
    source: Videoconference,
    on_date: date,
    edition: Edition | None = None,
    number: int | None = None,
    actor: User | None,
) -> Videoconference:
    """A draft with all of the source but its day, its number, its window of registration and those who registered.

    The hours are the same by the clocks of Bucharest; an hour that the new day does not have stays open. Raises
    :class:`PlanningError` when the edition has the number already.
    """  # fmt: skip
    goal = edition or source.edition
    taken = _free_number(goal, number)
    meeting = _copied_meeting(source, on_date, taken)
    made = Videoconference.objects.create(
        edition=goal,
        part=part_of_day(goal, on_date) or (source.part if goal == source.edition else None),
        number=taken,
        meeting=meeting,
        central_theme=source.central_theme,
        regions_as_printed=source.regions_as_printed,
    )
    made.regions.set(source.regions.all())
    made.counties.set(source.counties.all())
    for link in source.co_organiser_links.all():
        link.pk, link.videoconference = None, made
        link.save()
    for theme in source.theme_links.all():
        theme.pk, theme.videoconference = None, made
        theme.save()
    _copy_parts(source.meeting, meeting)
    return made


def _copied_meeting(source: Videoconference, on_date: date, number: int) -> Meeting:
    old = source.meeting
    has_own_title = old.title != default_title(source.number)
    change = replace(
        MeetingChange.of(old),
        title=old.title if has_own_title else default_title(number),
        on_date=on_date,
        starts_at=_same_hour(old.starts_at, on_date),
        ends_at=_same_hour(old.ends_at, on_date),
        registration_opens_at=None,
        registration_closes_at=None,
    )
    if change.starts_at is None or (change.ends_at and change.ends_at <= change.starts_at):
        change = replace(change, ends_at=None)
    meeting = Meeting(kind=old.kind)
    change.put_in(meeting)
    meeting.full_clean()
    meeting.save()
    return meeting


def _same_hour(old: datetime | None, day: date) -> datetime | None:
    if old is None:
        return None
    hour = old.astimezone(BUCHAREST).time().replace(fold=0)
    return None if is_skipped(day, hour) else moment(day, hour)


def _copy_parts(old: Meeting, new: Meeting) -> None:
    for item in AgendaItem.objects.filter(meeting=old):
        item.pk, item.meeting = None, new
        item.save()
    for material in Material.objects.filter(meeting=old):
        names = ("title", "url", "is_public", "position")
        copied = Material(meeting=new, **{name: getattr(material, name) for name in names})
        if material.file:
            # A file of its own: taking one away leaves the other.
            with material.file.open("rb") as file:
                copied.file = ContentFile(file.read(), name=(material.file.name or "").rpartition("/")[2])
        copied.save()


@transaction.atomic
def make_series(
    *, source: Videoconference, days: Sequence[date], actor: User | None
) -> list[Videoconference]:
    """A copy for each of these days, numbered one after the other, all or none."""
    return [copy_videoconference(source=source, on_date=day, actor=actor) for day in days]


def _free_number(edition: Edition, number: int | None) -> int:
    """The number, if no videoconference of the edition has it; the next one for None. Numbers are given one by one."""
    locked = Edition.objects.select_for_update(of=("self",), no_key=True).get(pk=edition.pk)
    if number is None:
        return next_number(locked)
    if locked.videoconferences.filter(number=number).exists():
        raise PlanningError(_("The edition has a videoconference with this number already."))
    return number


@transaction.atomic
def renumber(
    *,
    videoconference: Videoconference,
    number: int,
    part: EditionPart | None,
    central_theme: str,
    actor: User | None,
) -> None:
    """Number, part and central theme; a title made from the number follows it. Raises :class:`PlanningError`."""
    if number != videoconference.number:
        _free_number(videoconference.edition, number)
        meeting = Meeting.objects.select_for_update().get(pk=videoconference.meeting_id)
        if meeting.title == default_title(videoconference.number):
            meeting.title = default_title(number)
            meeting.sequence += meeting.is_public
            meeting.save()
    videoconference.number, videoconference.part = number, part
    videoconference.central_theme = central_theme
    videoconference.save()


@transaction.atomic
def change_area(
    *,
    videoconference: Videoconference,
    regions: Iterable[Region],
    counties: Iterable[County],
    regions_as_printed: str,
    actor: User | None,
) -> None:
    """For which regions and counties it is held."""
    videoconference.regions.set(regions)
    videoconference.counties.set(counties)
    videoconference.regions_as_printed = regions_as_printed
    videoconference.save()


@transaction.atomic
def write_co_organisers(
    *, videoconference: Videoconference, rows: Sequence[tuple[Organisation, str]], actor: User | None
) -> None:
    """Co-organisers in this order, each with the name as printed; links that stay keep their history."""
    kept = {link.organisation_id: link for link in videoconference.co_organiser_links.all()}
    wanted = {organisation.pk for organisation, _name in rows}
    videoconference.co_organiser_links.exclude(organisation__in=wanted).delete()
    for position, (organisation, name) in enumerate(rows):
        link = kept.get(organisation.pk) or CoOrganiser(
            videoconference=videoconference, organisation=organisation
        )
        link.position, link.name_as_printed = position, name
        link.save()


@transaction.atomic
def write_themes(
    *, videoconference: Videoconference, rows: Sequence[Mapping[str, Any]], actor: User | None
) -> None:
    """Themes with role and reason."""
    kept = {link.theme_id: link for link in videoconference.theme_links.all()}
    themes: list[Theme] = [row["theme"] for row in rows]
    videoconference.theme_links.exclude(theme__in=themes).delete()
    for row in rows:
        link = kept.get(row["theme"].pk) or VideoconferenceTheme(
            videoconference=videoconference, theme=row["theme"]
        )
        link.role, link.reason = row["role"], row["reason"]
        link.save()
