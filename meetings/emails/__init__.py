"""Mails to participants, a module a matter; all are imported here, so that staff see every kind of mail."""

from meetings.emails import registration, reminders, updates

__all__ = ["registration", "reminders", "updates"]
