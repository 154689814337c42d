"""All that a moderator reads before a decision, put together once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.workflow import history
from organisations.choices import ContactKind, RegisterStatus, SubmissionKind, SubmissionStatus
from organisations.models import Organisation, Submission
from organisations.questions import answers_for_reading, form_of, read_answers, steps_of
from organisations.selectors.duplicates import Duplicate, Sought, possible_duplicates
from organisations.selectors.moderation import domain_agrees, other_open_requests
from organisations.services.answers import answers_of
from organisations.services.own_enrolment import enrolment_answers
from organisations.workflow import SUBMISSION_WORKFLOW

Answers = Mapping[str, Mapping[str, Any]]
MOST_STEPS = 50
MOST_REQUESTS = 20
# The same name, or more than that: such a record is read beside the request without being asked for.
LIKELY = 60


@dataclass(frozen=True)
class Beside:
    """The same answer elsewhere; ``differs`` when it reads otherwise, ``of_another`` when of another organisation."""

    text: str
    differs: bool
    of_another: bool = False


@dataclass(frozen=True)
class Row:
    """A question, its answer now, and what stands beside it, a column each."""

    question: str
    text: str
    beside: tuple[Beside, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether something was changed; that another organisation differs is no change."""
        return any(each.differs and not each.of_another for each in self.beside)

    @property
    def is_silent(self) -> bool:
        """Whether nobody ever answered it."""
        return not self.text and not any(each.text for each in self.beside)


@dataclass(frozen=True)
class Section:
    """A step of the request as it is read."""

    label: str
    rows: tuple[Row, ...]
    faults: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def told(self) -> list[Row]:
        """Rows that say something."""
        return [row for row in self.rows if not row.is_silent]

    @property
    def silent(self) -> list[str]:
        """Questions that were left without an answer."""
        return [row.question for row in self.rows if row.is_silent]


def review(submission: Submission, *, beside_record: int | None = None) -> dict[str, Any]:
    """The request in sections beside its last version and the present record, possible duplicates, whose it is.

    Of the possible duplicates ``beside_record`` is read beside it too; the likeliest one when nothing else is. Reads
    only. ``columns`` names what stands beside the answers, in the order of each row's ``beside``.
    """
    organisation, applicant = submission.organisation, submission.applicant
    versions = list(submission.versions.order_by("-number"))
    columns, beside = [], []
    former = next((version for version in versions if version.answers != submission.answers), None)
    if len(versions) > 1 and former is not None:
        columns.append({"kind": "version", "at": former.lodged_at, "number": former.number})
        beside.append(former.answers)
    is_beside = submission.kind == SubmissionKind.CHANGE or submission.enrols_a_record
    record: Answers | None = (
        answers_of(organisation) if organisation and compares_with_record(submission) else None
    )
    if organisation and submission.enrols_a_record:
        record = _record_answers(organisation, submission)
    if is_beside and record is not None:
        columns.append({"kind": "record"})
        beside.append(record)
    duplicates = possible_duplicates(sought_of(submission))
    another = _beside_it(submission, duplicates, beside_record, is_free=not columns)
    if another is not None:
        columns.append({"kind": "duplicate", "organisation": another})
    sections = read_sections(
        kind=submission.kind,
        answers=submission.answers,
        beside=beside,
        another=_record_answers(another, submission) if another is not None else None,
    )
    return {
        "submission": submission,
        "columns": columns,
        "sections": sections,
        "changed": [row.question for section in sections for row in section.rows if row.differs],
        "beside_record": another,
        "can_compare": submission.kind != SubmissionKind.CLAIM,
        "record": answers_for_reading(record, kind=SubmissionKind.CHANGE)
        if record is not None and not is_beside
        else [],
        "record_contacts": list(organisation.contacts.all()) if organisation and not is_beside else [],
        "domain_agrees": bool(organisation and applicant and domain_agrees(organisation, applicant.email)),
        "record_people": organisation.memberships.count() if organisation else 0,
        "duplicates": duplicates,
        "others_open": list(other_open_requests(submission)),
        "applicant": applicant,
        "earlier": list(
            applicant.submissions.exclude(pk=submission.pk)
            .exclude(status=SubmissionStatus.DRAFT)
            .select_related("organisation")[:MOST_REQUESTS]
        )
        if applicant
        else [],
        "history": [
            {
                "at": step.at,
                "actor": step.actor,
                "reason": step.reason,
                "label": SUBMISSION_WORKFLOW.label(step.target),
            }
            for step in history(submission)[:MOST_STEPS]
        ],
    }


def read_sections(
    *, kind: str, answers: Answers, beside: Sequence[Answers] = (), another: Answers | None = None
) -> list[Section]:
    """The request as people read it; each of ``beside`` is another set of answers to the same questions.

    ``another`` is what another organisation would answer; it comes last.
    """
    errors = read_answers(answers, kind=kind).errors
    sets = [*((each, False) for each in beside), *([(another, True)] if another is not None else [])]
    others = [
        ([dict(rows) for _label, rows in answers_for_reading(each, kind=kind)], of_another)
        for each, of_another in sets
    ]
    sections = []
    readings = answers_for_reading(answers, kind=kind)
    for number, (step, (label, rows)) in enumerate(zip(steps_of(kind), readings, strict=True)):
        read = tuple(
            Row(
                question,
                text,
                tuple(
                    _beside(text, each[number].get(question, ""), of_another=of_another)
                    for each, of_another in others
                ),
            )
            for question, text in rows
        )
        faults = tuple(
            f"{name}: {sentence}" if name else sentence for _field, name, sentence in errors.get(step.key, ())
        )
        sections.append(Section(label, read, faults, tuple(form_of(step, answers).notes())))
    return sections


def sought_of(submission: Submission) -> Sought:
    """By what the organisation of a request may be found elsewhere: its answers, and the record it is about."""
    cleaned = read_answers(submission.answers, kind=submission.kind).cleaned
    identity, registration = cleaned.get("identity", {}), cleaned.get("registration", {})
    contacts, seat = cleaned.get("contacts", {}), cleaned.get("seat", {}).get("seat")
    record = submission.organisation
    names = [identity.get("legal_name", ""), identity.get("public_name", ""), *identity.get("aliases", [])]
    ways = [contacts.get("email", ""), contacts.get("website", "")]
    if record is not None:
        names += [record.legal_name, record.public_name]
        ways += [
            contact.value
            for contact in record.contacts.all()
            if contact.kind in (ContactKind.EMAIL, ContactKind.WEBSITE)
        ]
    return Sought(
        names=tuple(dict.fromkeys(name for name in names if name)),
        cui=registration.get("cui", "") or (record.cui if record else ""),
        register_number=registration.get("national_register_number", "")
        or (record.national_register_number if record else ""),
        contacts=tuple(dict.fromkeys(way for way in ways if way)),
        county_id=seat.county_id if seat is not None else (record.county_id if record else None),
        without=submission.organisation_id,
    )


def compares_with_record(submission: Submission) -> bool:
    """Whether the present record says something beside the answers: that of an enrolment is mostly made from them."""
    return submission.enrols_a_record or (
        submission.kind != SubmissionKind.ENROLMENT
        and submission.organisation is not None
        and submission.organisation.register_status != RegisterStatus.REJECTED
    )


def _beside_it(
    submission: Submission, duplicates: Sequence[Duplicate], asked: int | None, *, is_free: bool
) -> Organisation | None:
    """The record that is read beside it: the one asked for among the duplicates, or the likeliest."""
    if submission.kind == SubmissionKind.CLAIM:
        return None
    found = next((each.organisation for each in duplicates if each.organisation.pk == asked), None)
    if found is None and is_free and duplicates and duplicates[0].weight >= LIKELY:
        return duplicates[0].organisation
    return found


def _record_answers(organisation: Organisation, submission: Submission) -> Answers:
    """What a record would answer to the request; the declaration belongs to the request alone."""
    if submission.kind == SubmissionKind.CHANGE:
        return answers_of(organisation)
    return {**enrolment_answers(organisation), "consent": submission.answers.get("consent", {})}


def _beside(text: str, other: str, *, of_another: bool) -> Beside:
    return Beside(other, " ".join(text.split()) != " ".join(other.split()), of_another)
