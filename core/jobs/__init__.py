"""Long work in the background: tasks sent by name after the commit, and jobs that show how far they are.

The two doors of this floor for everybody above are :func:`enqueue` and :func:`start_job`.
"""

from typing import TYPE_CHECKING, Any

from core.jobs.sending import enqueue

if TYPE_CHECKING:
    from core.accounts.models import User
    from core.jobs.models import Job

__all__ = ["enqueue", "start_job"]


def start_job(kind: str, *, owner: "User", arguments: dict[str, Any] | None = None) -> "Job":
    """Writes a job of this kind and sends it after the commit; its page is ``job.get_absolute_url()``.

    ``arguments`` are kept as JSON and given to the kind's function. Raises ``KeyError`` for an unknown kind.
    """
    # Models are not ready when the app registry imports this package.
    from core.jobs.services import start

    return start(kind=kind, owner=owner, arguments=arguments or {})
