"""What gatherings keep about a person, for "my data" and for erasure."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.accounts.personal_data import on_erasure, personal_data
from meetings.models import AttendanceLine, Invitee, Question
from meetings.selectors.mine import registrations_of
from meetings.services.forgetting import addresses_of, forget_participant

_KEPT = _("Your name and address until the end of the second year after the gathering; the figure stays.")


@personal_data(
    _("Registrations for videoconferences and other gatherings"),
    why=_("So that you have a place, are told of changes and are counted among the participants."),
    kept=_KEPT,
    correct="meetings:mine",
    order=30,
)
def registrations(user: User) -> list[dict[Any, Any]]:
    return [
        {
            _("Gathering"): each.meeting.title,
            _("Day"): each.meeting.on_date,
            _("Name"): each.name,
            _("E-mail address"): each.email,
            _("You take part as"): each.get_participant_type_display(),
            _("Sector"): each.get_sector_display(),
            _("Level"): each.get_level_display(),
            _("Organisation or authority"): each.organisation_name,
            _("County"): each.county.name if each.county else "",
            _("Locality"): each.uat.name if each.uat else "",
            _("Themes that you propose"): each.themes_proposed,
            _("State"): each.get_status_display(),
            _("Registered"): each.registered_at,
            _("Address confirmed"): each.address_confirmed_at,
            _("Withdrawn"): each.ended_at,
            _("Was there"): hasattr(each, "attendance"),
            _("Reminders"): [str(reminder.get_kind_display()) for reminder in each.reminders.all()],
        }
        for each in registrations_of(user)
        .select_related("meeting", "county", "uat", "attendance")
        .prefetch_related("reminders")
    ]


@personal_data(
    _("Questions that you asked at gatherings"),
    why=_("So that they are answered."),
    kept=_("As long as the gathering; after an erasure without you."),
    order=31,
)
def questions(user: User) -> list[dict[Any, Any]]:
    asked = Question.objects.filter(registration__in=registrations_of(user).values("pk"))
    return [
        {
            _("Gathering"): each.meeting.title,
            _("Question"): each.text,
            _("Asked"): each.asked_at,
            _("State"): each.get_status_display(),
        }
        for each in asked.select_related("meeting")
    ]


@personal_data(
    _("Your presence in the reports of the platforms"),
    why=_("So that it is known who was there."),
    kept=_KEPT,
    order=32,
)
def presence(user: User) -> list[dict[Any, Any]]:
    found = Q(registration__in=registrations_of(user).values("pk"))
    for address in addresses_of(user):
        found |= Q(email__iexact=address)
    return [
        {
            _("Gathering"): each.report.meeting.title,
            _("Name in the report"): each.name,
            _("Joined"): each.joined_at,
            _("Left"): each.left_at,
            _("Seconds present"): each.seconds,
        }
        for each in AttendanceLine.objects.filter(found).select_related("report__meeting")
    ]


@personal_data(
    _("Invitations to gatherings"),
    why=_("So that an authority or organisation is asked to come, once."),
    kept=_KEPT,
    order=33,
)
def invitations(user: User) -> list[dict[Any, Any]]:
    found = Invitee.objects.filter(email__in=addresses_of(user)).select_related("meeting")
    return [
        {
            _("Gathering"): each.meeting.title,
            _("Invited"): each.name,
            _("Answer"): each.get_reply_display(),
            _("Answered"): each.replied_at,
        }
        for each in found
    ]


@on_erasure(
    erased=_(
        "Your registrations for gatherings that are to come, and your name and e-mail address in those that were."
    ),
    stays=_(
        "That somebody of your kind of organisation, county and level took part, as a figure without name and address."
    ),
)
def forget(user: User) -> None:
    forget_participant(user=user)
