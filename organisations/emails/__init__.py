"""Mails of the registry, a module a matter; all are imported here, so that staff see every kind of mail."""

from organisations.emails import moderation, people, reconfirmation

__all__ = ["moderation", "people", "reconfirmation"]
