"""Mails of the registry, a module a matter; all are imported here, so that staff see every kind of mail."""

from organisations.emails import enrolment, moderation, people, reconfirmation

__all__ = ["enrolment", "moderation", "people", "reconfirmation"]
