"""The messages that follow a decision of the registry's team: one builder a matter, used to show and to send."""

from collections.abc import Iterator, Mapping
from datetime import date

from core.accounts.models import User
from core.dates import plain_date
from core.messaging.kinds import MailKind
from organisations.choices import SubmissionKind
from organisations.emails import kinds_of_moderation as kinds
from organisations.emails.enrolment import name_for_applicant
from organisations.emails.letter import Letter, link_to
from organisations.models import Organisation, RecordReport, Submission

_ACCEPTED = {
    SubmissionKind.ENROLMENT: kinds.ENROLMENT_ACCEPTED,
    SubmissionKind.CHANGE: kinds.CHANGE_ACCEPTED,
    SubmissionKind.CLAIM: kinds.CLAIM_ACCEPTED,
}
_STANDINGS = {
    "list": kinds.LISTED,
    "restore": kinds.RESTORED,
    "suspend": kinds.SUSPENDED,
    "withdraw": kinds.WITHDRAWN,
    "strike-off": kinds.STRUCK_OFF,
}
# Steps of an organisation after which its people get a message.
TOLD_STEPS = frozenset(_STANDINGS)


def decision_letters(
    *, submission: Submission, step: str, reason: str, due_on: date, mark: str = ""
) -> list[Letter]:
    """What leaves with a decision: to the applicant, or to the managers when the applicant's account is gone.

    ``mark`` tells one decision from the next in the key, since a request may be returned twice.
    """
    kind = _kind_of_decision(submission, step)
    if kind is None or submission.organisation is None:
        return []
    letters = []
    for person in _concerned(submission):
        language = person.language
        values = {
            "organisation": submission.name if step == "accept" else name_for_applicant(submission),
            "reference": submission.reference,
            "reason": reason,
            "due_on": plain_date(due_on, language),
            "link": _link(kind, submission, language),
        }
        letters.append(
            _letter(
                kind, f"organisations.submission.{submission.pk}.{step}.{mark}", person, values, submission
            )
        )
    return letters


def standing_letters(
    *, organisation: Organisation, step: str, reason: str, due_on: date, mark: str = ""
) -> list[Letter]:
    """What leaves when an organisation is entered, suspended, withdrawn or struck off: to each of its people."""
    kind = _STANDINGS.get(step)
    if kind is None:
        return []
    letters = []
    for person in _people_of(organisation):
        language = person.language
        page = (
            link_to("organisations:detail", organisation.slug, language=language)
            if kind in (kinds.LISTED, kinds.RESTORED)
            else link_to("pages:contact", language=language)
        )
        values = {
            "organisation": organisation.display_name,
            "reason": reason,
            "due_on": plain_date(due_on, language),
            "link": page,
        }
        letters.append(
            _letter(
                kind, f"organisations.standing.{organisation.pk}.{step}.{mark}", person, values, organisation
            )
        )
    return letters


def report_letters(*, report: RecordReport, step: str, reason: str) -> list[Letter]:
    """The answer to whoever reported, when they left an address."""
    if not report.email:
        return []
    kind = kinds.REPORT_RESOLVED if step == "resolve" else kinds.REPORT_DISMISSED
    values = {
        "organisation": report.organisation.display_name,
        "reason": reason,
        "link": link_to("organisations:detail", report.organisation.slug, language=report.language),
    }
    key = f"organisations.report.{report.pk}.{step}"
    return [Letter(kind, key, report.email, values, report.language, about=report)]


def digest_letter(*, person: User, day: date, total: str, lines: list[str]) -> Letter:
    """The morning's list for one member of the team; one a day, whatever is asked."""
    values = {
        "total": total,
        "list": "\n".join(lines),
        "link": link_to("admin:index", language=person.language),
    }
    return Letter(
        kinds.DIGEST,
        f"organisations.digest.{day:%Y-%m-%d}.{person.pk}",
        person.email,
        values,
        person.language,
        person,
    )


def _kind_of_decision(submission: Submission, step: str) -> MailKind | None:
    match step:
        case "accept":
            return _ACCEPTED[SubmissionKind(submission.kind)]
        case "return":
            return kinds.SUBMISSION_RETURNED
        case "reject":
            return kinds.SUBMISSION_REJECTED
    return None


def _link(kind: MailKind, submission: Submission, language: str) -> str:
    if kind is kinds.SUBMISSION_RETURNED:
        return link_to("organisations:submission", submission.pk, language=language)
    if kind is kinds.SUBMISSION_REJECTED:
        return link_to("pages:contact", language=language)
    if kind is kinds.CLAIM_ACCEPTED:
        return link_to("my_account", language=language)
    assert submission.organisation is not None  # noqa: S101
    return link_to("organisations:detail", submission.organisation.slug, language=language)


def _letter(
    kind: MailKind, key: str, person: User, values: Mapping[str, object], about: Submission | Organisation
) -> Letter:
    wanted = {name: value for name, value in values.items() if name in kind.placeholders}
    return Letter(kind, f"{key}.{person.pk}", person.email, wanted, person.language, person, about)


def _concerned(submission: Submission) -> Iterator[User]:
    applicant = submission.applicant
    if applicant is not None and applicant.is_active:
        yield applicant
    elif submission.organisation is not None:
        yield from _people_of(submission.organisation)


def _people_of(organisation: Organisation) -> Iterator[User]:
    for membership in organisation.memberships.select_related("user").order_by("pk"):
        if membership.user.is_active:
            yield membership.user
