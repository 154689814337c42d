"""Mails to participants, a module a matter; all are imported here, so that staff see every kind of mail."""

from meetings.emails import invitations, registration, reminders, to_registrants, updates

__all__ = ["invitations", "registration", "reminders", "to_registrants", "updates"]
