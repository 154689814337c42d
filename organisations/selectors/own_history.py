"""The history of a record as its own people read it: who, when, what."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.text import Truncator, capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.dates import plain_date
from core.models import StateChange
from core.workflow import history as steps_of
from organisations.choices import (
    ChangeSubject,
    MemberRole,
    ReconfirmationStatus,
    SubmissionKind,
    SubmissionStatus,
)
from organisations.models import Membership, Organisation, Reconfirmation, Submission
from organisations.workflow import ORGANISATION_WORKFLOW

# Of each kind, the newest.
MOST = 300
SHOWN_CHARACTERS = 200
# Fields that say nothing to the organisation's people.
_LEFT_OUT = frozenset({"register_status", "listed_on", "is_example", "created_at", "logo"})


@dataclass(frozen=True)
class Change:
    """One thing before and after; both empty where only the fact is kept."""

    label: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Entry:
    """One line of the history."""

    at: datetime
    actor: str
    headline: str
    changes: list[Change] = field(default_factory=list)
    reason: str = ""


def history_of(organisation: Organisation) -> list[Entry]:
    """Every change, the newest first; staff stand as one team, colleagues by their names."""
    colleagues = _Names(organisation)
    entries = [
        *_steps(organisation, colleagues),
        *_versions(organisation, colleagues),
        *_people(organisation, colleagues),
        *_changes(organisation, colleagues),
        *_requests(organisation, colleagues),
    ]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


class _Names:
    """What a person is called here: by name whoever works or worked for the organisation."""

    def __init__(self, organisation: Organisation) -> None:
        known = Membership.history.filter(organisation_id=organisation.pk, user_id__isnull=False)
        pks = {
            *known.values_list("user_id", flat=True),
            *organisation.memberships.values_list("user_id", flat=True),
        }
        self._names = {user.pk: str(user) for user in User.objects.filter(pk__in=pks)}

    def actor(self, pk: int | None) -> str:
        if pk is None:
            return _("the portal itself")
        return self._names.get(pk) or _("the registry's team")

    def person(self, pk: int | None) -> str:
        return self._names.get(pk or 0) or _("somebody who has left the portal")


def _steps(organisation: Organisation, names: _Names) -> Iterator[Entry]:
    label = ORGANISATION_WORKFLOW.label
    for step in steps_of(organisation)[:MOST]:
        change = Change(
            _("State in the registry"), label(step.source) if step.source else "–", label(step.target)
        )
        yield Entry(step.at, names.actor(step.actor_id), _("The state has changed"), [change], step.reason)


def _versions(organisation: Organisation, names: _Names) -> Iterator[Entry]:
    versions = list(organisation.history.all()[:MOST])
    for newer, older in zip(versions, [*versions[1:], None], strict=False):
        if newer.history_type == "+":
            yield Entry(newer.history_date, names.actor(newer.history_user_id), _("The record was begun"))
        elif older is not None:
            changes = _differences(organisation, newer, older)
            if changes:
                yield Entry(
                    newer.history_date,
                    names.actor(newer.history_user_id),
                    _("The record was changed"),
                    changes,
                )


def _differences(organisation: Organisation, newer: Any, older: Any) -> list[Change]:
    delta = newer.diff_against(older, foreign_keys_are_objs=True)
    changes = []
    for each in delta.changes:
        if each.field in _LEFT_OUT:
            continue
        stored: Any = organisation._meta.get_field(each.field)
        changes.append(
            Change(capfirst(str(stored.verbose_name)), _words(stored, each.old), _words(stored, each.new))
        )
    return changes


def _words(stored: Any, value: Any) -> str:
    """A stored value as people read it."""
    if value in (None, ""):
        return "–"
    choices = dict(getattr(stored, "flatchoices", ()))
    if value in choices:
        return str(choices[value])
    if isinstance(value, date):
        return plain_date(value, get_language() or "ro")
    return Truncator(str(value)).chars(SHOWN_CHARACTERS)


def _people(organisation: Organisation, names: _Names) -> Iterator[Entry]:
    rows = Membership.history.filter(organisation_id=organisation.pk)[:MOST]
    for row in rows:
        person = names.person(row.user_id)
        role = str(MemberRole(row.role).label) if row.role in MemberRole.values else row.role
        if row.history_type == "+":
            headline = _("%(person)s came to the organisation: %(role)s")
        elif row.history_type == "-":
            headline = _("%(person)s no longer belongs to the organisation")
        else:
            headline = _("%(person)s has another role: %(role)s")
        yield Entry(
            row.history_date,
            names.actor(row.history_user_id),
            headline % {"person": person, "role": role.lower()},
        )


def _changes(organisation: Organisation, names: _Names) -> Iterator[Entry]:
    for row in organisation.changes.all()[:MOST]:
        label = str(ChangeSubject(row.subject).label)
        if row.subject == ChangeSubject.FIGURES:
            headline = _("The figures of %(year)s were changed") % {"year": row.after}
            yield Entry(row.at, names.actor(row.actor_id), headline)
            continue
        if row.subject == ChangeSubject.INVITATION:
            role = str(MemberRole(row.after).label).lower() if row.after in MemberRole.values else row.after
            headline = _("Somebody was invited: %(role)s") % {"role": role}
            yield Entry(row.at, names.actor(row.actor_id), headline)
            continue
        headline = _("Changed: %(what)s") % {"what": label}
        changes = [Change(label, row.before or "–", row.after or "–")] if row.before or row.after else []
        yield Entry(row.at, names.actor(row.actor_id), headline, changes)


def _requests(organisation: Organisation, names: _Names) -> Iterator[Entry]:
    """Changes of identity and the enrolment of a documents' record, from lodging to decision; yearly confirmations."""
    changes = Submission.objects.filter(organisation=organisation, kind=SubmissionKind.CHANGE)
    # A record that its own enrolment made is younger than that, and tells the same by its own steps.
    enrolments = Submission.objects.filter(
        organisation=organisation, kind=SubmissionKind.ENROLMENT, begun_at__gt=organisation.created_at
    )
    confirmations = Reconfirmation.objects.filter(organisation=organisation)
    for model, keys, sentences in (
        (Submission, changes, _SENTENCES_OF_CHANGE),
        (Submission, enrolments, _SENTENCES_OF_ENROLMENT),
        (Reconfirmation, confirmations, _SENTENCES_OF_CONFIRMATION),
    ):
        steps = StateChange.objects.filter(
            content_type=ContentType.objects.get_for_model(model),
            object_id__in=[str(pk) for pk in keys.values_list("pk", flat=True)],
        )
        for step in steps[:MOST]:
            headline = sentences.get(step.target)
            if headline:
                yield Entry(step.at, names.actor(step.actor_id), str(headline), reason=step.reason)


_SENTENCES_OF_CHANGE: dict[str, Any] = {
    SubmissionStatus.LODGED: gettext_lazy("A change of identity was sent to the registry's team"),
    SubmissionStatus.RETURNED: gettext_lazy("The change of identity was returned"),
    SubmissionStatus.ACCEPTED: gettext_lazy("The change of identity was accepted"),
    SubmissionStatus.REJECTED: gettext_lazy("The change of identity was not accepted"),
    SubmissionStatus.WITHDRAWN: gettext_lazy("The change of identity was withdrawn"),
}
# An accepted one is told by the record's own step.
_SENTENCES_OF_ENROLMENT: dict[str, Any] = {
    SubmissionStatus.LODGED: gettext_lazy("The enrolment was sent to the registry's team"),
    SubmissionStatus.RETURNED: gettext_lazy("The enrolment was returned"),
    SubmissionStatus.REJECTED: gettext_lazy("The enrolment was not accepted"),
    SubmissionStatus.WITHDRAWN: gettext_lazy("The enrolment was withdrawn"),
}
_SENTENCES_OF_CONFIRMATION: dict[str, Any] = {
    ReconfirmationStatus.CONFIRMED: gettext_lazy("The record was confirmed for a year"),
    ReconfirmationStatus.OVERDUE: gettext_lazy("The confirmation of the record became overdue"),
}
