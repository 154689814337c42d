"""What every gathering stores, from its hour to what people thought of it."""

from meetings.models.afterwards import MeetingFeedback, Question, Recording
from meetings.models.attendance import Attendance, AttendanceImport, AttendanceLine
from meetings.models.invitation import InvitationRound, Invitee, RegistrantMail
from meetings.models.meeting import BUCHAREST, AgendaItem, LocalDate, Material, Meeting, MeetingQuerySet
from meetings.models.registration import Registration, RegistrationQuerySet, Reminder

__all__ = [
    "BUCHAREST",
    "AgendaItem",
    "Attendance",
    "AttendanceImport",
    "AttendanceLine",
    "InvitationRound",
    "Invitee",
    "LocalDate",
    "Material",
    "Meeting",
    "MeetingFeedback",
    "MeetingQuerySet",
    "Question",
    "Recording",
    "RegistrantMail",
    "Registration",
    "RegistrationQuerySet",
    "Reminder",
]
