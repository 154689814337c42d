"""Which mails the portal writes: each kind once, with its words and what they may name."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from django.utils.functional import Promise

from core.accounts.models import User

Text = str | Promise

PLACEHOLDER: Final = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")


@dataclass(frozen=True)
class Category:
    """What a person may switch off; ``label`` and ``sentence`` stand on the page of notifications.

    ``concerns`` says to whom the page offers it (a digest of staff to staff alone).
    """

    name: str
    label: Text
    sentence: Text
    concerns: Callable[[User], bool] = lambda user: True


@dataclass(frozen=True)
class MailKind:
    """One kind of mail.

    ``body`` is Markdown with ``{placeholder}``; greeting and signature are the layout's. ``placeholders`` says in
    words what each stands for, and ``samples`` gives what previews put there (else the explanation itself).
    ``category`` names what a person may switch off, empty for what is always sent; ``sensitive`` erases the text
    once it is sent and lets the message leave before others.
    """

    name: str
    label: Text
    subject: Text
    body: Text
    placeholders: Mapping[str, Text] = field(default_factory=dict)
    category: str = ""
    sensitive: bool = False
    samples: Mapping[str, object] = field(default_factory=dict)


_kinds: dict[str, MailKind] = {}
_categories: dict[str, Category] = {}


def register(kind: MailKind) -> MailKind:
    """Adds the kind; raises ``ValueError`` for a second kind of the same name, or a name without its app."""
    if not _NAME.fullmatch(kind.name):
        raise ValueError(f"A kind of mail is named app.what_happened, not {kind.name!r}.")
    if _kinds.setdefault(kind.name, kind) is not kind:
        raise ValueError(f"The kind of mail {kind.name!r} is registered twice.")
    return kind


def register_category(category: Category) -> Category:
    """Adds a category of preferences; raises ``ValueError`` for a second one of the same name."""
    if _categories.setdefault(category.name, category) is not category:
        raise ValueError(f"The category {category.name!r} is registered twice.")
    return category


def kinds() -> list[MailKind]:
    """Every kind, by name."""
    return [_kinds[name] for name in sorted(_kinds)]


def kind_named(name: str) -> MailKind | None:
    """The kind, or None for one that this release no longer has."""
    return _kinds.get(name)


def categories(user: User) -> list[Category]:
    """Categories that have a kind and concern the person, in the order of registration."""
    used = {kind.category for kind in _kinds.values()}
    return [each for each in _categories.values() if each.name in used and each.concerns(user)]


def category_named(name: str) -> Category | None:
    return _categories.get(name)
