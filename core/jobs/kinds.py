"""Which kinds of long work there are; an app registers its own in its tasks.py."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

if TYPE_CHECKING:
    from core.jobs.running import Outcome

    Work = Callable[..., Outcome | None]


@dataclass(frozen=True)
class JobKind:
    """``work(run, **arguments)`` does it; ``resumable`` work may be begun again after a killed worker."""

    name: str
    label: str | Promise
    work: "Work"
    resumable: bool = True


_kinds: dict[str, JobKind] = {}


def job_kind(name: str, *, label: str | Promise, resumable: bool = True) -> "Callable[[Work], Work]":
    """Registers the decorated function as the work of this kind: ``f(run: Run, **arguments) -> Outcome | None``.

    Resumable work is begun again from its start when its worker was killed, so it must do each thing once however
    often it is begun. Raises ``KeyError`` when the name is taken.
    """

    def decorate(work: "Work") -> "Work":
        if name in _kinds:
            raise KeyError(f"The kind of job {name!r} is registered twice.")
        _kinds[name] = JobKind(name, label, work, resumable)
        return work

    return decorate


def kind_of(name: str) -> JobKind | None:
    """The kind of this name, None when there is none (any more)."""
    return _kinds.get(name)


def kinds() -> list[JobKind]:
    """All kinds, by name."""
    return sorted(_kinds.values(), key=lambda kind: kind.name)
