"""Takes a person's traces out of what remembers: versions, the admin's log, reasons of steps, mails to others.

What an app keeps in its live records is erased by its own eraser (``core.accounts.personal_data``); a live record is
never searched by name here, since an organisation may bear the name of a person.
"""

import contextlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q, TextField
from django.db.models.functions import Cast

from core.accounts.models import User
from core.models import StateChange

# Stands where a name or an address stood; shorter than both, so that it fits wherever they did.
MARK = "[…]"
SHORTEST_NAME = 5
# Rows of one table in which a name without capital letters is still taken for the person's.
FEW = 20
# Live records that quote people of whom they are not: mails to others, lists that were asked for, answers of servers.
QUOTING = ("messaging.Message", "messaging.Attempt", "jobs.Job", "core.ExportLog", "accounts.Erasure")


def scrub(user: User, words: Iterable[str]) -> None:
    """Guarantees that no version, log, reason or record that quotes people holds these words."""
    LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(User), object_id=str(user.pk)
    ).delete()
    quoting: list[type[models.Model]] = [LogEntry, StateChange, *map(apps.get_model, QUOTING)]
    for model in [*_versions(), *quoting]:
        replace_in(model._default_manager.all(), words)


def forget_links(number: int) -> None:
    """Versions that point to an erased person point to nobody; called last, since deleting writes versions too."""
    for model in _versions():
        for field in model._meta.local_concrete_fields:
            if field.related_model is User and field.null:
                model._base_manager.filter(**{field.attname: number}).update(**{field.attname: None})


def needles_of(user: User) -> list[str]:
    """The words by which a person is found in text: addresses, and full names when they are more than one word.

    A name of one word is left alone: it is other things' and other people's name too.
    """
    return [*addresses_of(user), *names_of(user)]


def addresses_of(user: User) -> list[str]:
    """The person's address and the former ones that have not become another account's since."""
    former = set(user.former_identities.values_list("email", flat=True)) - {user.email}
    others = set(User.objects.filter(email__in=former).exclude(pk=user.pk).values_list("email", flat=True))
    return [address for address in (user.email, *sorted(former - others)) if address]


def names_of(user: User) -> list[str]:
    """The person's name and former ones, those of more than one word."""
    names = dict.fromkeys([user.full_name, *user.former_identities.values_list("full_name", flat=True)])
    return [name for name in map(str.strip, names) if " " in name and len(name) >= SHORTEST_NAME]


def is_any(field: str, words: Iterable[str]) -> Q:
    """The condition that a field is one of these words, whatever the case; none without words."""
    found = Q(pk__in=[])
    for word in words:
        found |= Q(**{f"{field}__iexact": word})
    return found


def replace_in(queryset: models.QuerySet[Any], needles: Iterable[str]) -> int:
    """Puts a mark in place of the needles in every text and JSON field of these rows; returns how many changed.

    Whole words only (:func:`found_in`); case does not matter. A name that was typed in small letters is also found in
    small letters, unless it stands in so many rows that it must be other people's words. Rows are changed without
    their ``save``, so that no version remembers what was erased.
    """
    wanted = list(_spellings(needles))
    fields = list(text_fields(queryset.model))
    if not wanted or not fields:
        return 0
    pattern = _pattern(wanted)
    small = [needle for needle in wanted if needle == needle.lower()]
    if small and _holding(queryset, fields, small).count() <= FEW:
        pattern = _pattern(wanted, but_as_typed=small)
    changed = 0
    for record in _holding(queryset, fields, wanted).only("pk", *(field.name for field in fields)):
        values = {field.attname: getattr(record, field.attname) for field in fields}
        cleaned = {name: _without(value, pattern) for name, value in values.items()}
        different = {name: value for name, value in cleaned.items() if value != values[name]}
        if different:
            queryset.model._base_manager.filter(pk=record.pk).update(**different)
            changed += 1
    return changed


def found_in(text: str, *needles: str) -> bool:
    """Whether a needle stands in the text as a whole: "ana@b.ro" does not stand in "ioana@b.ro", 0722 not in 10722.

    A name counts only where each of its words has a capital letter: whoever calls themselves "pentru voluntari" is no
    reason to take two words out of everybody's texts.
    """
    return _pattern(list(_spellings(needles))).cleaned(text) != text


def columns_with(*needles: str) -> list[str]:
    """Columns of every table in which one of these texts stands as a whole, as "table.column", by name.

    Each table is read once, whatever the number of its columns.
    """
    found: set[str] = set()
    for model in apps.get_models(include_auto_created=True) if needles else ():
        fields = list(text_fields(model))
        if not fields:
            continue
        holding = _holding(model._base_manager.all(), fields, list(needles))
        for values in holding.values_list(*(field.name for field in fields)).iterator():
            for field, value in zip(fields, map(str, values), strict=True):
                if found_in(value, *needles):
                    found.add(f"{model._meta.db_table}.{field.column}")
    return sorted(found)


def text_fields(model: type[models.Model]) -> Iterator[Any]:
    """Fields of one table in which words may stand; what the database makes by itself is left out."""
    for field in model._meta.local_concrete_fields:
        if isinstance(field, models.GeneratedField) or field.choices or field.remote_field:
            continue
        if isinstance(field, models.CharField | models.TextField | models.JSONField):
            yield field


def _spellings(needles: Iterable[str]) -> Iterator[str]:
    """The words, and as JSON in a text field has their letters: the admin's log keeps "Z\\u0103greanu"."""
    for needle in filter(None, needles):
        yield needle
        escaped = json.dumps(needle)[1:-1]
        if escaped != needle:
            yield escaped


def _holding(queryset: models.QuerySet[Any], fields: list[Any], needles: list[str]) -> Any:
    casts = {f"_text_of_{field.name}": Cast(field.name, TextField()) for field in fields}
    wanted = Q()
    for name in casts:
        for needle in needles:
            wanted |= Q(**{f"{name}__icontains": needle})
    return queryset.alias(**casts).filter(wanted)


def _versions() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if hasattr(model, "history_type")]


# Before a word in a text that is JSON may stand "\\n" or "\\u201e".
_START = r"""(?:(?<!\w)|(?<=\\[nrt])|(?<=\\u[0-9a-f]{4}))"""
_NUMBER = re.compile(r"\+?[\d ()./-]+")
_BEFORE_ADDRESS = r"""(?:(?<![\w.+%-])|(?<=\\[nrt])|(?<=\\u[0-9a-f]{4}))"""


def _pattern(wanted: list[str], but_as_typed: Sequence[str] = ()) -> "_Pattern":
    """Each needle between the borders of its kind: an address, a number, a name."""
    found = []
    for needle in wanted:
        if "@" in needle:
            found.append(rf"{_BEFORE_ADDRESS}{re.escape(needle)}(?![\w-]|\.\w)")
        elif _NUMBER.fullmatch(needle):
            found.append(rf"(?<!\d){re.escape(needle)}(?!\d)")
        else:
            found.append(rf"{_START}{re.escape(needle)}(?!\w)")
    return _Pattern(re.compile("|".join(found), re.IGNORECASE), frozenset(but_as_typed))


@dataclass(frozen=True)
class _Pattern:
    expression: re.Pattern[str]
    as_typed: frozenset[str]

    def cleaned(self, text: str) -> str:
        return self.expression.sub(self._mark, text)

    def _mark(self, match: re.Match[str]) -> str:
        said = match[0]
        if "@" in said or _NUMBER.fullmatch(said) or said in self.as_typed:
            return MARK
        with contextlib.suppress(ValueError):
            said = json.loads(f'"{said}"')
        return MARK if _is_written_as_a_name(said) else match[0]


def _is_written_as_a_name(words: str) -> bool:
    """Two words with a capital letter at least, and none but short ones ("de la") without."""
    found = [word for word in re.split(r"\W+", words) if word]
    small = [word for word in found if not word[0].isupper()]
    return len(found) - len(small) >= 2 and all(len(word) <= 3 for word in small)


def _without(value: Any, pattern: _Pattern) -> Any:
    if isinstance(value, str):
        return pattern.cleaned(value)
    if isinstance(value, list):
        return [_without(each, pattern) for each in value]
    if isinstance(value, dict):
        return {_without(key, pattern): _without(each, pattern) for key, each in value.items()}
    return value
