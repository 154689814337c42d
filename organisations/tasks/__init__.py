"""What happens in the registry by itself; a module a matter, all imported here so that the worker finds them."""

from organisations.tasks import importing, moderation, reconfirmation

__all__ = ["importing", "moderation", "reconfirmation"]
