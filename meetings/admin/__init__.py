"""Meetings in the admin, and the parts that other apps' pages share with them."""

from meetings.admin.fields import WithMeetingForm, WithMeetingMixin
from meetings.admin.meeting import MeetingAdmin
from meetings.admin.parts import AgendaInline, MaterialInline
from meetings.admin.questions import QuestionAdmin
from meetings.admin.registration import RegistrationAdmin
from meetings.admin.reminders import ReminderAdmin

__all__ = [
    "AgendaInline",
    "MaterialInline",
    "MeetingAdmin",
    "QuestionAdmin",
    "RegistrationAdmin",
    "ReminderAdmin",
    "WithMeetingForm",
    "WithMeetingMixin",
]
