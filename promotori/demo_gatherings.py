"""A made-up edition with gatherings ahead, so that planning and registration can be tried.

Everything says "exemplu", belongs to an edition marked as made up, and stays out of the programme's figures.
"""

from datetime import date, time, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from core.territory.models import Region
from meetings.checks import day_warnings, moment
from meetings.choices import MeetingKind, MeetingStatus
from meetings.models import AgendaItem, Meeting
from meetings.workflow import MEETING_WORKFLOW
from organisations.models import Organisation
from programmes.choices import EditionStatus
from programmes.closing import propose_closing_date, volunteer_day
from programmes.models import ClosingEvent, Edition, Mandate, PromotersMeeting
from promotori.demo import DEMO_ORGANISATION, require_demo
from videoconferences.choices import ThemeRole
from videoconferences.models import CoOrganiser, Theme, Videoconference, VideoconferenceTheme

# So far ahead that every reminder is still to come.
AHEAD = timedelta(days=21)
AGENDA = (
    (time(10), "Deschidere și prezentarea participanților", "Elena Editoarea (exemplu)", "echipa programului"),
    (time(10, 20), "Ce pot face împreună primăria și asociațiile", "Oana Coordonatoarea (exemplu)", DEMO_ORGANISATION),
    (time(11), "Discuții și propuneri", "", ""),
    (time(11, 45), "Concluzii", "", ""),
)  # fmt: skip


@transaction.atomic
def load_demo_gatherings() -> None:
    """Makes the example, or moves its gatherings ahead when their day has passed. Idempotent.

    What people changed in it stays. Raises ``CommandError`` outside the demo.
    """
    require_demo()
    edition = Edition.objects.filter(is_example=True).first() or _edition()
    organisation = Organisation.objects.filter(legal_name=DEMO_ORGANISATION).first()
    if organisation:
        Mandate.objects.get_or_create(
            edition=edition, organisation=organisation, defaults={"source": "exemplu"}
        )
    _videoconference(edition, organisation)
    _closing_event(edition)
    _promoters_meeting(edition)


def a_good_day(earliest: date) -> date:
    """The first day from then on that no warning speaks against."""
    day = earliest
    while day_warnings(day):
        day += timedelta(days=1)
    return day


def _edition() -> Edition:
    taken = Edition.objects.aggregate(year=Max("year"), number=Max("number"))
    year = max(timezone.localdate().year, (taken["year"] or 0) + 1)
    return Edition.objects.create(
        year=year,
        number=max(year - 2019, (taken["number"] or 0) + 1),
        status=EditionStatus.RUNNING,
        is_example=True,
        purpose="exemplu: o ediție inventată, pentru încercarea portalului",
        central_theme="exemplu: voluntariatul în strategiile de dezvoltare ale județelor",
        starts_on=date(year, 1, 1),
        ends_on=date(year, 12, 31),
    )


def _ahead(meeting: Meeting, days: timedelta = AHEAD) -> Meeting:
    """The gathering on a day to come, announced."""
    if meeting.pk and (meeting.status != MeetingStatus.SCHEDULED or meeting.begins_at > timezone.now()):
        return meeting
    day = a_good_day(timezone.localdate() + days)
    meeting.on_date = day
    meeting.starts_at, meeting.ends_at = moment(day, time(10)), moment(day, time(12))
    meeting.sequence += bool(meeting.pk)
    meeting.save()
    if meeting.status == MeetingStatus.DRAFT:
        meeting = MEETING_WORKFLOW.perform(meeting, "schedule", actor=None)
    return meeting


def _videoconference(edition: Edition, organisation: Organisation | None) -> None:
    found = Videoconference.objects.filter(edition=edition, number=1).select_related("meeting").first()
    if found:
        _ahead(found.meeting)
        return
    meeting = _ahead(
        Meeting(
            kind=MeetingKind.VIDEOCONFERENCE,
            title="Videoconferința nr. 1 (exemplu)",
            summary="Videoconferință inventată: vă puteți înscrie, retrage și urca de pe lista de așteptare.",
            platform="Zoom",
            join_url="https://video.exemplu.invalid/proba",
            capacity=20,
        )
    )
    made = Videoconference.objects.create(edition=edition, number=1, meeting=meeting)
    made.regions.set(Region.objects.filter(slug="sud-muntenia"))
    if organisation:
        CoOrganiser.objects.create(videoconference=made, organisation=organisation)
    for number, theme in enumerate(Theme.objects.filter(is_active=True).order_by("position")[:2]):
        role = ThemeRole.OTHER if number else ThemeRole.CENTRAL
        VideoconferenceTheme.objects.create(
            videoconference=made, theme_id=theme.pk, role=role, reason="Exemplu: cerută de două organizații."
        )
    AgendaItem.objects.bulk_create(
        AgendaItem(
            meeting=meeting,
            position=position,
            starts_at=hour,
            title=title,
            speaker=speaker,
            speaker_role=role,
        )
        for position, (hour, title, speaker, role) in enumerate(AGENDA)
    )


def _closing_event(edition: Edition) -> None:
    if ClosingEvent.objects.filter(edition=edition).exists():
        return
    day = propose_closing_date(edition.year)
    meeting = Meeting.objects.create(
        kind=MeetingKind.CLOSING_EVENT,
        title=f"Evenimentul de închidere a ediției {edition.year} (exemplu)",
        on_date=day,
        starts_at=moment(day, time(11)),
        ends_at=moment(day, time(13)),
        summary="Eveniment inventat, pentru încercarea portalului.",
    )
    ClosingEvent.objects.create(edition=edition, meeting=meeting, marks_day=volunteer_day(edition.year))


def _promoters_meeting(edition: Edition) -> None:
    found = PromotersMeeting.objects.filter(edition=edition, number=1).select_related("meeting").first()
    if found:
        _ahead(found.meeting, timedelta(days=10))
        return
    meeting = _ahead(
        Meeting(kind=MeetingKind.PROMOTERS_MEETING, title="Întâlnirea promotorilor nr. 1 (exemplu)"),
        timedelta(days=10),
    )
    PromotersMeeting.objects.create(edition=edition, number=1, meeting=meeting)
