"""Meetings in the admin, and the parts that other apps' pages share with them."""

from meetings.admin.fields import WithMeetingForm, WithMeetingMixin
from meetings.admin.meeting import MeetingAdmin
from meetings.admin.parts import AgendaInline, MaterialInline

__all__ = ["AgendaInline", "MaterialInline", "MeetingAdmin", "WithMeetingForm", "WithMeetingMixin"]
