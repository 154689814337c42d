"""What happens in the registry by itself; a module a matter, all imported here so that the worker finds them."""

from organisations.tasks import reconfirmation

__all__ = ["reconfirmation"]
