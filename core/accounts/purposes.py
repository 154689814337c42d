"""For what the portal asks for consent: each app registers its purposes in its ``consents.py``, with first words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

if TYPE_CHECKING:
    from core.accounts.models import Consent


@dataclass(frozen=True)
class Purpose:
    """One thing that a person may agree to.

    ``wording`` becomes version 1, in both languages; later versions are written by staff in the admin.
    ``withdrawable`` says whether the person may take it back by themselves on ``/cont/date/``; a declaration that a
    finished act stands on may not be. ``on_withdrawal`` then ends what stood on it, in the same transaction.
    """

    key: str
    label: str | Promise
    wording: str | Promise
    withdrawable: bool = True
    on_withdrawal: "Callable[[Consent], None] | None" = None


_purposes: dict[str, Purpose] = {}


def register_purpose(purpose: Purpose) -> Purpose:
    """Makes the purpose known and returns it. Raises ``ValueError`` when another has its key."""
    if _purposes.setdefault(purpose.key, purpose) != purpose:
        raise ValueError(f"There is a purpose “{purpose.key}” already.")
    return purpose


def purposes() -> list[Purpose]:
    """Every registered purpose, by key."""
    return [_purposes[key] for key in sorted(_purposes)]


def purpose_of(key: str) -> Purpose | None:
    """The purpose with this key; None for one that the portal no longer asks for."""
    return _purposes.get(key)
