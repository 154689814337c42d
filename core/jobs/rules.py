"""Who may see and stop the work in the background."""

from typing import Any

from rules import predicate

from core.accounts.choices import Role
from core.permissions import VIEW, grant, has_role, nobody


@predicate  # type: ignore[untyped-decorator]
def asked_for_it(user: Any, job: Any = None) -> bool:
    """Whoever asked for the job."""
    return job is not None and user.pk is not None and getattr(job, "owner_id", None) == user.pk


# The page of a job is its owner's alone; the admin's list tells administrators that work is stuck, not what is in it.
grant(
    "jobs",
    "job",
    {
        VIEW: has_role(Role.ADMINISTRATOR),
        "add": nobody,
        "change": nobody,
        "delete": nobody,
        "stop": asked_for_it | has_role(Role.ADMINISTRATOR),
    },
)
