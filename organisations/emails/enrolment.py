"""Mails to whoever asks for something: the receipt of a request."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from core.messaging.kinds import MailKind, register
from organisations.choices import SubmissionKind
from organisations.emails.letter import Letter, link_to
from organisations.models import Submission

REQUEST_RECEIVED: Final = register(
    MailKind(
        name="organisations.request_received",
        label=_("Receipt of a request"),
        subject=_("{organisation}: we have received request {reference}"),
        body=_(
            "We have received request {reference} about **{organisation}**: {kind}.\n\nThe registry's team reads "
            "requests in the order in which they came and writes to you at this address, "
            "whatever the decision is.\n\n[See the request]({link})\n\nThere you can also withdraw it."
        ),
        placeholders={
            "organisation": _("name of the organisation"),
            "reference": _("number of the request"),
            "kind": _("what was asked"),
            "link": _("address of the page"),
        },
    )
)


def post_receipt(*, submission: Submission) -> None:
    """Tells the applicant what was received; once for each time that it was lodged."""
    applicant = submission.applicant
    if applicant is None:
        return
    with override(applicant.language):
        kind = str(SubmissionKind(submission.kind).label).lower()
    Letter(
        kind=REQUEST_RECEIVED,
        key=f"organisations.request_received:{submission.pk}:{submission.versions.count()}",
        to=applicant.email,
        values={
            "organisation": name_for_applicant(submission),
            "reference": submission.reference,
            "kind": kind,
            "link": link_to("organisations:submission", submission.pk, language=applicant.language),
        },
        language=applicant.language,
        user=applicant,
        about=submission,
    ).post()


def name_for_applicant(submission: Submission) -> str:
    """The organisation's name, or the CUI of a record that is not public and not the applicant's own."""
    record = submission.organisation
    if submission.kind == SubmissionKind.CLAIM and record is not None and not record.is_public:
        return f"CUI {submission.answers.get('record', {}).get('cui', '')}".strip()
    return submission.name
