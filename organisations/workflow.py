"""What may follow what in the registry: from a draft or a document's record to listing, and out of it."""

from collections.abc import Iterable
from datetime import datetime
from typing import cast

from django.db import models
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.workflow import Transition, Workflow, history
from organisations.choices import FoundNameStatus as F
from organisations.choices import ReconfirmationStatus as R
from organisations.choices import RegisterStatus as S
from organisations.choices import ReportStatus as Rep
from organisations.choices import SubmissionStatus as Sub
from organisations.models import FoundName, Organisation, Reconfirmation, RecordReport, Submission

_DECIDE = "organisations.change_organisation"
_ENROL = "organisations.enrol_organisation"


def missing_for_listing(record: models.Model) -> Iterable[str]:
    """Sentences that say what a record lacks before it may be listed."""
    organisation = cast("Organisation", record)
    if organisation.county_id is None:
        yield _("The county of the seat is missing.")
    if not organisation.legal_form:
        yield _("The legal form is missing.")


def _set_listing_date(record: models.Model, at: datetime) -> Iterable[str]:
    """The day in Bucharest; who returns after a suspension keeps the first day."""
    organisation = cast("Organisation", record)
    if organisation.listed_on is None:
        organisation.listed_on = timezone.localdate(at)
    return ["listed_on"]


def _listing(name: str, sources: set[S], label: str | Promise) -> Transition:
    return Transition(
        name,
        frozenset(sources),
        S.LISTED,
        label,
        _DECIDE,
        blockers=missing_for_listing,
        prepare=_set_listing_date,
    )


def has_lapsed(organisation: Organisation) -> bool:
    """Whether the record is suspended, and for no other reason than that nobody confirmed it."""
    if organisation.register_status != S.SUSPENDED:
        return False
    last = history(organisation).first()
    return last is not None and last.transition == "lapse"


def _missing_for_reinstating(record: models.Model) -> Iterable[str]:
    organisation = cast("Organisation", record)
    if not has_lapsed(organisation):
        yield _("The record is suspended for another reason: only the registry's team can enter it again.")
    yield from missing_for_listing(organisation)


ORGANISATION_WORKFLOW = Workflow(
    model=Organisation,
    field="register_status",
    transitions=[
        _listing("list", {S.DRAFT, S.RECORDED, S.SUBMITTED}, gettext_lazy("Enter in the registry")),
        _listing("restore", {S.SUSPENDED, S.WITHDRAWN}, gettext_lazy("Enter in the registry again")),
        Transition("submit", frozenset({S.DRAFT}), S.SUBMITTED, gettext_lazy("Ask for enrolment"), _ENROL),
        # The code of who gives up is free again, as that of who was refused (see organisation_cui_once).
        Transition(
            "give-up",
            frozenset({S.DRAFT, S.SUBMITTED}),
            S.REJECTED,
            gettext_lazy("Give up enrolment"),
            _ENROL,
        ),
        Transition(
            "reject",
            frozenset({S.SUBMITTED}),
            S.REJECTED,
            gettext_lazy("Do not accept"),
            _DECIDE,
            needs_reason=True,
        ),
        Transition(
            "return",
            frozenset({S.SUBMITTED}),
            S.DRAFT,
            gettext_lazy("Return for changes"),
            _DECIDE,
            needs_reason=True,
        ),
        Transition(
            "suspend",
            frozenset({S.LISTED, S.RECORDED}),
            S.SUSPENDED,
            gettext_lazy("Suspend"),
            _DECIDE,
            needs_reason=True,
        ),
        # Nobody confirmed the record within its time; whoever answers for it brings it back (decision 14).
        Transition(
            "lapse", frozenset({S.LISTED}), S.SUSPENDED, gettext_lazy("Suspend as not confirmed"), None
        ),
        Transition(
            "reinstate",
            frozenset({S.SUSPENDED}),
            S.LISTED,
            gettext_lazy("Enter again as confirmed"),
            "organisations.reinstate_organisation",
            blockers=_missing_for_reinstating,
            prepare=_set_listing_date,
        ),
        Transition(
            "withdraw",
            frozenset({S.LISTED, S.RECORDED, S.SUSPENDED, S.SUBMITTED}),
            S.WITHDRAWN,
            gettext_lazy("Withdraw at its request"),
            _DECIDE,
            needs_reason=True,
        ),
        Transition(
            "strike-off",
            frozenset({S.LISTED, S.RECORDED, S.SUSPENDED}),
            S.STRUCK_OFF,
            gettext_lazy("Strike off"),
            _DECIDE,
            needs_reason=True,
        ),
    ],
)


def _set_confirmation_date(record: models.Model, at: datetime) -> Iterable[str]:
    """The moment; who confirmed is set by the service, which knows the person."""
    cast("Reconfirmation", record).confirmed_at = at
    return ["confirmed_at"]


# Dates alone make every step but one: people of the organisation confirm, or staff who heard it from them.
RECONFIRMATION_WORKFLOW = Workflow(
    model=Reconfirmation,
    transitions=[
        Transition(
            "confirm",
            frozenset({R.OPEN, R.OVERDUE, R.LAPSED}),
            R.CONFIRMED,
            gettext_lazy("Confirm"),
            "organisations.confirm_organisation",
            prepare=_set_confirmation_date,
        ),
        Transition("overdue", frozenset({R.OPEN}), R.OVERDUE, gettext_lazy("Mark as overdue"), None),
        Transition("lapse", frozenset({R.OVERDUE}), R.LAPSED, gettext_lazy("Close as not confirmed"), None),
        Transition(
            "cancel", frozenset({R.OPEN, R.OVERDUE}), R.CANCELLED, gettext_lazy("Ask no longer"), None
        ),
    ],
)


def _set_lodging_date(record: models.Model, at: datetime) -> Iterable[str]:
    """The first lodging keeps its place in the queue: who was sent back does not start again at its end."""
    submission = cast("Submission", record)
    if submission.lodged_at is None:
        submission.lodged_at = at
    return ["lodged_at"]


def _set_decision_date(record: models.Model, at: datetime) -> Iterable[str]:
    """The moment; who decided and why is set by the service, which knows them."""
    cast("Submission", record).decided_at = at
    return ["decided_at"]


_WRITE = "organisations.lodge_submission"
_JUDGE = "organisations.decide_submission"

# What is missing is asked of the answers by organisations.services.enrolment before the first step.
SUBMISSION_WORKFLOW = Workflow(
    model=Submission,
    transitions=[
        Transition(
            "lodge",
            frozenset({Sub.DRAFT}),
            Sub.LODGED,
            gettext_lazy("Lodge"),
            _WRITE,
            prepare=_set_lodging_date,
        ),
        Transition(
            "lodge-again",
            frozenset({Sub.RETURNED}),
            Sub.LODGED,
            gettext_lazy("Lodge again"),
            _WRITE,
            prepare=_set_lodging_date,
        ),
        Transition(
            "return",
            frozenset({Sub.LODGED}),
            Sub.RETURNED,
            gettext_lazy("Return for changes"),
            _JUDGE,
            needs_reason=True,
        ),
        Transition(
            "accept",
            frozenset({Sub.LODGED}),
            Sub.ACCEPTED,
            gettext_lazy("Accept"),
            _JUDGE,
            prepare=_set_decision_date,
        ),
        Transition(
            "reject",
            frozenset({Sub.LODGED}),
            Sub.REJECTED,
            gettext_lazy("Do not accept"),
            _JUDGE,
            needs_reason=True,
            prepare=_set_decision_date,
        ),
        Transition(
            "withdraw",
            frozenset({Sub.DRAFT, Sub.LODGED, Sub.RETURNED}),
            Sub.WITHDRAWN,
            gettext_lazy("Withdraw"),
            _WRITE,
        ),
    ],
)


def _set_handling_date(record: models.Model, at: datetime) -> Iterable[str]:
    cast("RecordReport", record).handled_at = at
    return ["handled_at"]


def _answer_report(name: str, target: Rep, label: str | Promise) -> Transition:
    """The reason is the answer to whoever reported, when they left an address."""
    return Transition(
        name,
        frozenset({Rep.NEW}),
        target,
        label,
        "organisations.decide_recordreport",
        needs_reason=True,
        prepare=_set_handling_date,
    )


REPORT_WORKFLOW = Workflow(
    model=RecordReport,
    transitions=[
        _answer_report("resolve", Rep.RESOLVED, gettext_lazy("Mark as resolved")),
        _answer_report("dismiss", Rep.DISMISSED, gettext_lazy("Close as not founded")),
    ],
)


def _set_moment(record: models.Model, at: datetime) -> Iterable[str]:
    """The moment; who decided, and which organisation it is, is set by the service."""
    cast("FoundName", record).decided_at = at
    return ["decided_at"]


_NAME = "organisations.change_foundname"

FOUND_NAME_WORKFLOW = Workflow(
    model=FoundName,
    transitions=[
        Transition(
            "join",
            frozenset({F.OPEN, F.JOINED, F.IGNORED}),
            F.JOINED,
            gettext_lazy("Join to an organisation"),
            _NAME,
            prepare=_set_moment,
        ),
        Transition(
            "ignore",
            frozenset({F.OPEN, F.JOINED}),
            F.IGNORED,
            gettext_lazy("It names no organisation"),
            _NAME,
            prepare=_set_moment,
        ),
        Transition(
            "reopen",
            frozenset({F.JOINED, F.IGNORED}),
            F.OPEN,
            gettext_lazy("Open again"),
            _NAME,
            prepare=_set_moment,
        ),
    ],
)
