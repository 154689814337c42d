"""What the portal keeps about a person, and how it is erased: each app registers its own records here.

An app's ``personal_data.py`` holds its exporters and erasers; its ``AppConfig.ready`` imports it::

    @personal_data(_("Submissions"), why=_("So that …"), kept=_("Until …"), correct="organisations:mine")
    def submissions(user):
        return [{_("Number"): each.reference, _("Sent"): each.lodged_at} for each in …]

    @on_erasure(erased=_("Your drafts."), stays=_("The organisation's record, without your name."))
    def forget_submissions(user): …

The keys that an exporter gives are words for people (``gettext_lazy`` or ``gettext``), shown in the language that is
active; ``data.json`` is made under English, so that its keys never change with the language. Values are text,
numbers, booleans, dates, moments, ``None``, or lists and dicts of those. Nothing about other people may be given.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, overload

from django.utils.functional import Promise

from core.accounts.models import User

Words = str | Promise
Facts = Mapping[Any, Any] | Sequence[Mapping[Any, Any]]
Exporter = Callable[[User], Facts]
Eraser = Callable[[User], None]
Notices = Callable[[User], Iterable[Words]]

E = TypeVar("E", bound=Exporter)
F = TypeVar("F", bound=Eraser)
N = TypeVar("N", bound=Notices)
T = TypeVar("T", bound=Callable[[User], Iterable[str]])


@dataclass(frozen=True)
class Section:
    """One part of "my data": its title, how its facts are found, why and how long they are kept.

    ``correct`` names the address where the person corrects them, if there is one. Sections come by ``order``, then
    as they were registered.
    """

    title: Words
    facts: Exporter
    why: Words = ""
    kept: Words = ""
    correct: str = ""
    order: int = 100


@dataclass(frozen=True)
class Erasing:
    """One step of an erasure, and what it says to the person beforehand: what goes, what stays and why."""

    erase: Eraser
    erased: Words = ""
    stays: Words = ""


_sections: list[Section] = []
_erasings: list[Erasing] = []
_notices: list[Notices] = []
_tracers: list[Callable[[User], Iterable[str]]] = []


def personal_data(
    title: Words, *, why: Words = "", kept: Words = "", correct: str = "", order: int = 100
) -> Callable[[E], E]:
    """Registers an exporter: one dict for one record, a list of dicts for many; empty when nothing is kept."""

    def register(exporter: E) -> E:
        _sections.append(Section(title, exporter, why, kept, correct, order))
        return exporter

    return register


@overload
def on_erasure(eraser: F) -> F: ...
@overload
def on_erasure(*, erased: Words = "", stays: Words = "") -> Callable[[F], F]: ...
def on_erasure(eraser: Any = None, *, erased: Words = "", stays: Words = "") -> Any:
    """Registers what an app erases; called in the one transaction of the erasure, while the person still exists.

    The person's row itself is deleted afterwards: relations with CASCADE go, those with SET_NULL are emptied. An
    eraser is for what that leaves: names, addresses and telephone numbers in text, files, copies in history. It must
    be fit to run twice.
    """

    def register(function: Any) -> Any:
        _erasings.append(Erasing(function, erased, stays))
        return function

    return register if eraser is None else register(eraser)


def before_erasure(notices: N) -> N:
    """Registers sentences that this person must read before they ask for erasure ("You are the only manager of …")."""
    _notices.append(notices)
    return notices


def traces(tracer: T) -> T:
    """Registers how an app finds further words that are this person's alone (a telephone number), before erasers run.

    Versions, logs and reasons are cleaned of them as of the address and the name.
    """
    _tracers.append(tracer)
    return tracer


def traces_of(user: User) -> list[str]:
    """Words beside address and name by which the person may be found."""
    return [word for tracer in _tracers for word in tracer(user)]


def sections() -> list[Section]:
    """Every registered section, in the order of the page."""
    return sorted(_sections, key=lambda section: section.order)


def erasings() -> list[Erasing]:
    """Every registered step of an erasure, in the order in which it was registered."""
    return list(_erasings)


def notices_for(user: User) -> list[Words]:
    """What this person must know before asking for erasure."""
    return [sentence for notices in _notices for sentence in notices(user)]
