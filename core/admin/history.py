"""A record's history in words: what was changed, which steps were made, by whom, when and why.

The pages of django-simple-history are not used: their form can write an old version back without asking the
rule for changing the record.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import formats, timezone
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _t

from core.workflow import history as steps_of
from core.workflow import workflow_of

PER_PAGE = 50
# Entries of each kind that a page of history reads at most.
MOST_ENTRIES = 500
SHOWN_CHARACTERS = 160


@dataclass(frozen=True)
class Change:
    """One field before and after, as people read it."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """One line of the history."""

    at: datetime
    actor: str
    headline: str
    changes: list[Change] = field(default_factory=list)
    reason: str = ""


class HistoryMixin:
    """One page for the changes of the record, of its parts and of its state."""

    model: type[models.Model]
    opts: Any
    admin_site: Any
    object_history_template = "admin/core/history.html"

    def history_records(self, obj: models.Model) -> list[models.Model]:
        """The record and what is kept apart from it but edited on its page (a meeting)."""
        return [obj]

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        obj = self.get_object(request, unquote(object_id))  # type: ignore[attr-defined]
        if obj is None:
            raise Http404
        if not self.has_view_permission(request, obj):  # type: ignore[attr-defined]
            raise PermissionDenied
        entries = sorted(
            (entry for record in self.history_records(obj) for entry in _entries(record)),
            key=lambda entry: entry.at,
            reverse=True,
        )
        page = Paginator(entries, PER_PAGE).get_page(request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "title": _t("History: %(record)s") % {"record": obj},
            "opts": self.opts,
            "object": obj,
            "page_obj": page,
            **(extra_context or {}),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, self.object_history_template, context)


def _entries(record: models.Model) -> Iterator[Entry]:
    yield from _steps(record)
    tracked = hasattr(record, "history")
    if tracked:
        yield from _versions(record)
    yield from _logged(record, whole=not tracked)


def _steps(record: models.Model) -> Iterator[Entry]:
    workflow = workflow_of(type(record))
    if workflow is None:
        return
    for step in steps_of(record)[:MOST_ENTRIES]:
        # A record that a load brought had no state before.
        source = workflow.label(step.source) if step.source else "–"
        change = Change(_t("State"), source, workflow.label(step.target))
        yield Entry(step.at, _name(step.actor), _t("Changed the state"), [change], step.reason)


def _versions(record: models.Model) -> Iterator[Entry]:
    versions = list(
        record.history.select_related("history_user")._select_related_history_tracked_objs()[:MOST_ENTRIES]  # type: ignore[attr-defined]
    )
    changes: list[Change]
    for newer, older in zip(versions, [*versions[1:], None], strict=False):
        if newer.history_type == "+" or older is None:
            headline, changes = _t("Recorded: %(record)s") % {"record": record._meta.verbose_name}, []
        elif newer.history_type == "-":
            headline, changes = _t("Deleted"), []
        else:
            headline, changes = _t("Changed"), _differences(record, newer, older)
            if not changes:
                continue
        yield Entry(
            newer.history_date,
            _name(newer.history_user),
            headline,
            changes,
            newer.history_change_reason or "",
        )


def _differences(record: models.Model, newer: Any, older: Any) -> list[Change]:
    delta = newer.diff_against(older, foreign_keys_are_objs=True)
    workflow = workflow_of(type(record))
    # Told already by the step that changed it.
    state = workflow.field if workflow else ""
    return [
        Change(
            capfirst(str(record._meta.get_field(change.field).verbose_name)),
            _words(record, change.field, change.old),
            _words(record, change.field, change.new),
        )
        for change in delta.changes
        if change.field != state
    ]


def _words(record: models.Model, name: str, value: Any) -> str:
    """A stored value as people read it."""
    field_ = record._meta.get_field(name)
    if value in (None, ""):
        return "–"
    if isinstance(value, bool):
        return _t("yes") if value else _t("no")
    choices = dict(getattr(field_, "flatchoices", ()))
    if value in choices:
        return str(choices[value])
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return formats.date_format(value, "DATE_FORMAT")
    return Truncator(str(value)).chars(SHOWN_CHARACTERS)


def _logged(record: models.Model, *, whole: bool) -> Iterator[Entry]:
    """The admin's own log: all of it for a model without versions, else only what versions cannot show."""
    log = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(record), object_id=str(record.pk)
    ).select_related("user")
    relations = {str(relation.verbose_name) for relation in record._meta.many_to_many}
    for entry in log[:MOST_ENTRIES]:
        if not whole:
            entry.change_message = json.dumps(list(_parts_beyond_versions(entry.change_message, relations)))
            if entry.change_message == "[]":
                continue
        text = entry.get_change_message() or _t("Changed")
        yield Entry(entry.action_time, _name(entry.user), text)


def _parts_beyond_versions(message: str, relations: set[str]) -> Iterator[dict[str, Any]]:
    try:
        parts = json.loads(message)
    except ValueError:
        return
    for part in parts if isinstance(parts, list) else []:
        for verb, said in part.items() if isinstance(part, dict) else ():
            if isinstance(said, dict) and "name" in said:
                yield {verb: said}
            elif isinstance(said, dict) and (
                named := [f for f in said.get("fields", []) if f.lower() in relations]
            ):
                yield {verb: {**said, "fields": named}}


def _name(person: Any) -> str:
    return str(person) if person else _t("the portal itself")
