"""What an organisation's own people change at once, without the registry's team (row O10)."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from core.accounts.models import User
from core.images import Picture
from core.territory.models import County
from organisations.choices import ChangeSubject, ContactKind, NameKind, SubmissionKind
from organisations.models import (
    BeneficiaryGroup,
    Domain,
    Organisation,
    OrganisationChange,
    OrganisationName,
    Submission,
    SustainableGoal,
    VolunteerCoordinator,
)
from organisations.selectors.own_answers import other_names
from organisations.selectors.vocabulary import COUNTRY
from organisations.services.own_enrolment import keep_up_enrolment


@transaction.atomic
def save_section(
    *, organisation: Organisation, section: str, cleaned: Mapping[str, Any], actor: User
) -> Organisation:
    """Write the checked answers of one section; public at once where the record is public.

    Of two colleagues who save one section the later wins; other sections stay. Every change is a line of the
    history, one that changes nothing is none. ``section`` is a key of :data:`SECTIONS`.
    """
    locked = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    SECTIONS[section](_Writing(locked, actor), cleaned)
    if section != "names":
        keep_up_enrolment(organisation=locked, step=section)
    return locked


@transaction.atomic
def change_logo(*, organisation: Organisation, picture: Picture | None, actor: User) -> Organisation:
    """Put the picture that the portal drew in place of the former one; None takes the logo away."""
    locked = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    former, storage = locked.logo.name, locked.logo.storage
    if picture is None and not former:
        return locked
    if picture is None:
        locked.logo = ""
    else:
        locked.logo.save(f"{locked.pk}.{picture.kind}", ContentFile(picture.content), save=False)
    writing = _Writing(locked, actor)
    writing.save("logo")
    writing.remember(ChangeSubject.LOGO)
    keep_up_enrolment(organisation=locked, step="logo")
    if former:
        transaction.on_commit(lambda: storage.delete(former))
    return locked


class _Writing:
    """One organisation, locked, and who writes in it."""

    def __init__(self, organisation: Organisation, actor: User) -> None:
        self.organisation = organisation
        self.actor = actor

    def fields(self, **values: Any) -> None:
        changed = [name for name, value in values.items() if getattr(self.organisation, name) != value]
        for name in changed:
            setattr(self.organisation, name, values[name])
        if changed:
            self.save(*changed)

    def save(self, *names: str) -> None:
        self.organisation._history_user = self.actor  # type: ignore[attr-defined]
        self.organisation.save(update_fields=[*names, "updated_at"])

    def terms(self, subject: ChangeSubject, related: Any, chosen: list[Any]) -> None:
        """The list as chosen; closed terms, which cannot be chosen any more, stay."""
        before = list(related.all())
        kept = [term for term in before if not getattr(term, "is_active", True)]
        after = [*kept, *chosen]
        if {term.pk for term in before} != {term.pk for term in after}:
            related.set(after)
            self.remember(subject, _names(before), _names(after))

    def remember(self, subject: ChangeSubject, before: str = "", after: str = "") -> None:
        OrganisationChange.objects.create(
            organisation=self.organisation, subject=subject, before=before, after=after, actor=self.actor
        )


def _names(terms: list[Any]) -> str:
    return ", ".join(sorted(term.name for term in terms))


def _save_domains(writing: _Writing, cleaned: Mapping[str, Any]) -> None:
    chosen = list(Domain.objects.active().filter(code__in=cleaned["domains"]))
    writing.terms(ChangeSubject.DOMAINS, writing.organisation.domains, chosen)
    writing.fields(summary=cleaned["summary"])


def _save_beneficiaries(writing: _Writing, cleaned: Mapping[str, Any]) -> None:
    groups = list(BeneficiaryGroup.objects.active().filter(code__in=cleaned["beneficiaries"]))
    writing.terms(ChangeSubject.BENEFICIARIES, writing.organisation.beneficiaries, groups)
    goals = list(SustainableGoal.objects.active().filter(code__in=cleaned["goals"]))
    writing.terms(ChangeSubject.GOALS, writing.organisation.goals, goals)


def _save_activity(writing: _Writing, cleaned: Mapping[str, Any]) -> None:
    here = list(County.objects.current().filter(country=COUNTRY, code__in=cleaned["counties"]))
    abroad = list(writing.organisation.activity_counties.exclude(country=COUNTRY))
    writing.terms(ChangeSubject.COUNTIES, writing.organisation.activity_counties, [*here, *abroad])
    writing.fields(level=cleaned["level"])


def _save_contacts(writing: _Writing, cleaned: Mapping[str, Any]) -> None:
    """The first contact of each kind; what staff added beside it stays."""
    changed = False
    for kind in ContactKind:
        value, is_public = cleaned[kind.value], cleaned[f"{kind.value}_public"]
        same_kind = writing.organisation.contacts.filter(kind=kind)
        first = same_kind.order_by("pk").first()
        if first is not None and (first.value, first.is_public) == (value, is_public):
            continue
        if first is None and not value:
            continue
        changed = True
        # Kept before the row goes: in its place the new one stays the first.
        pk = first.pk if first is not None else None
        if first is not None:
            first.delete()
        if value:
            same_kind.filter(value=value).delete()
            writing.organisation.contacts.create(pk=pk, kind=kind, value=value, is_public=is_public)
    if changed:
        writing.remember(ChangeSubject.CONTACTS)


def _save_coordinator(writing: _Writing, cleaned: Mapping[str, Any]) -> None:
    found = VolunteerCoordinator.objects.filter(organisation=writing.organisation)
    if not cleaned["name"]:
        if found.delete()[0]:
            writing.remember(ChangeSubject.COORDINATOR)
        return
    wanted = {name: cleaned[name] for name in ("name", "email", "phone", "is_public")}
    if not found.filter(**wanted).exists():
        VolunteerCoordinator.objects.update_or_create(organisation=writing.organisation, defaults=wanted)
        writing.remember(ChangeSubject.COORDINATOR)


def _save_names(writing: _Writing, cleaned: Mapping[str, Any]) -> None:
    """Names by which it is looked for; a request that waits takes them over, so that it brings none back."""
    organisation, wanted = writing.organisation, cleaned["names"]
    before = other_names(organisation)
    if set(before) == set(wanted):
        return
    aliases = organisation.names.filter(kind=NameKind.ALIAS)
    aliases.exclude(name__in=wanted).delete()
    OrganisationName.objects.bulk_create(
        OrganisationName(organisation=organisation, kind=NameKind.ALIAS, name=name)
        for name in wanted
        if name not in before
    )
    waiting = Submission.objects.select_for_update().filter(
        organisation=organisation, kind__in=(SubmissionKind.CHANGE, SubmissionKind.ENROLMENT)
    )
    for change in waiting.open():
        identity = {**change.answers.get("identity", {}), "aliases": "\n".join(wanted)}
        change.answers = {**change.answers, "identity": identity}
        change.save(update_fields=["answers", "saved_at"])
    writing.remember(ChangeSubject.NAMES, ", ".join(before), ", ".join(wanted))


SECTIONS: dict[str, Callable[[_Writing, Mapping[str, Any]], None]] = {
    "domains": _save_domains,
    "beneficiaries": _save_beneficiaries,
    "activity": _save_activity,
    "contacts": _save_contacts,
    "coordinator": _save_coordinator,
    "names": _save_names,
}
