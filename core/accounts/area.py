"""The own area under /cont/: its menu, and what waits for a person there; every app adds its own.

An app keeps its entries and listers in its module ``area`` (``organisations/area.py``), which is found by itself:

    menu_entry(_("My organisation"), "organisations:own", order=20, visible=has_organisation)

    @waiting_for_me
    def invitations(user: User) -> Iterator[Waiting]: …

Pages of the area extend ``layouts/own_area.html``.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User

Label = str | Promise


@dataclass(frozen=True)
class Waiting:
    """One thing that a person is asked to do: a sentence, and the page where it is done."""

    sentence: Label
    url: str


@dataclass(frozen=True)
class MenuEntry:
    """One line of the menu, for whom ``visible`` holds; lower orders come first."""

    label: Label
    url_name: str
    order: int
    visible: Callable[[User], bool]


@dataclass(frozen=True)
class MenuLink:
    """A line of the menu as one page shows it; ``current`` is "page", "true" (a page below it) or empty."""

    label: str
    href: str
    current: str


_entries: dict[str, MenuEntry] = {}
_listers: list[Callable[[User], Iterable[Waiting]]] = []


def menu_entry(
    label: Label, url_name: str, order: int, visible: Callable[[User], bool] = lambda user: True
) -> None:
    """Adds a line to the menu; ``visible`` is asked once a page, so it costs one query at most.

    Orders: 0 overview, 10 to 79 the apps, from 80 on the person's own data. Raises ``ValueError`` for an address
    that stands in the menu already.
    """
    if url_name in _entries:
        raise ValueError(f"{url_name} stands in the menu of the own area already.")
    _entries[url_name] = MenuEntry(label, url_name, order, visible)


def waiting_for_me(lister: Callable[[User], Iterable[Waiting]]) -> Callable[[User], Iterable[Waiting]]:
    """Registers what an app may ask of a person; the order is that of registration."""
    _listers.append(lister)
    return lister


def waiting_for(user: User) -> list[Waiting]:
    """All that waits for the person now; empty when they may rest."""
    return [waiting for lister in _listers for waiting in lister(user)]


def menu_of(user: User, path: str) -> list[MenuLink]:
    """The person's menu as the page at ``path`` shows it: at most one line is marked, the closest one.

    Raises ``NoReverseMatch`` for an entry whose address does not exist: a menu never hides a broken address.
    """
    shown = sorted(
        (entry for entry in _entries.values() if entry.visible(user)), key=lambda entry: entry.order
    )
    lines = [(str(entry.label), reverse(entry.url_name)) for entry in shown]
    above = max((href for _label, href in lines if path.startswith(href)), key=len, default="")
    return [MenuLink(label, href, _mark(href, above, path)) for label, href in lines]


def _mark(href: str, above: str, path: str) -> str:
    if href != above:
        return ""
    return "page" if href == path else "true"


menu_entry(_("Overview"), "my_account", order=0)
menu_entry(_("Name, e-mail address, language"), "account_profile", order=80)
menu_entry(_("My data"), "account_data", order=85)
menu_entry(_("Safety of the account"), "mfa_index", order=90)
