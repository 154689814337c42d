"""What the registry's team writes: the kinds of mail that follow a decision, and the morning's list of work."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from core.accounts.choices import Role
from core.messaging.kinds import Category, MailKind, register, register_category

_ABOUT = {"organisation": _("name of the organisation"), "reference": _("number of the request")}
_REASON = {"reason": _("what the team wrote")}
_LINK = {"link": _("address of the page")}

# Who may decide about requests and reports.
READERS_OF_DIGEST: Final = frozenset({Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER, Role.EDITOR})
DIGEST_CATEGORY: Final = register_category(
    Category(
        "registry-work",
        _("The morning's list of work"),
        _("On working days at 8 o'clock: requests and reports that wait. For the registry's team."),
        concerns=lambda user: not READERS_OF_DIGEST.isdisjoint(user.roles),
    )
)

ENROLMENT_ACCEPTED: Final = register(
    MailKind(
        name="organisations.enrolment_accepted",
        label=_("Enrolment accepted"),
        subject=_("{organisation} is in the registry"),
        body=_(
            "We have read request {reference} and **{organisation}** now stands in the registry of organisations "
            "with volunteering activity.\n\n[See its page]({link})\n\nOnce a year we will ask you whether the record "
            "still holds. The next time is {due_on}."
        ),
        placeholders={**_ABOUT, **_LINK, "due_on": _("day of the next confirmation")},
    )
)
CLAIM_ACCEPTED: Final = register(
    MailKind(
        name="organisations.claim_accepted",
        label=_("Claim accepted"),
        subject=_("You now speak for {organisation}"),
        body=_(
            "We have accepted request {reference}. You are a manager of **{organisation}** and may keep its record and "
            "invite colleagues.\n\n[Go to your account]({link})"
        ),
        placeholders={**_ABOUT, **_LINK},
    )
)
CHANGE_ACCEPTED: Final = register(
    MailKind(
        name="organisations.change_accepted",
        label=_("Change of identity accepted"),
        subject=_("The changes of {organisation} are in the registry"),
        body=_(
            "We have accepted request {reference}. The record of **{organisation}** shows what you changed.\n\n"
            "[See its page]({link})"
        ),
        placeholders={**_ABOUT, **_LINK},
    )
)
SUBMISSION_RETURNED: Final = register(
    MailKind(
        name="organisations.submission_returned",
        label=_("Request returned for changes"),
        subject=_("{organisation}: your request needs changes"),
        body=_(
            "We have read request {reference} about **{organisation}**. Before we can accept it, please change the "
            "following:\n\n{reason}\n\nAll that you wrote is kept. After the changes, send it again: it keeps its "
            "place in line.\n\n[Continue the request]({link})"
        ),
        placeholders={**_ABOUT, **_REASON, **_LINK},
    )
)
SUBMISSION_REJECTED: Final = register(
    MailKind(
        name="organisations.submission_rejected",
        label=_("Request not accepted"),
        subject=_("{organisation}: your request was not accepted"),
        body=_(
            "We have read request {reference} about **{organisation}** and could not accept it, for this reason:\n\n"
            "{reason}\n\nIf you think that we are mistaken, write to us.\n\n[Write to us]({link})"
        ),
        placeholders={**_ABOUT, **_REASON, **_LINK},
    )
)
_NAMED = {"organisation": _("name of the organisation")}
LISTED: Final = register(
    MailKind(
        name="organisations.listed",
        label=_("Organisation entered in the registry"),
        subject=_("{organisation} is in the registry"),
        body=_(
            "**{organisation}** now stands in the registry of organisations with volunteering activity.\n\n"
            "[See its page]({link})\n\nThe record is to be confirmed by {due_on}."
        ),
        placeholders={**_NAMED, **_LINK, "due_on": _("day of the next confirmation")},
    )
)
RESTORED: Final = register(
    MailKind(
        name="organisations.restored",
        label=_("Organisation entered in the registry again"),
        subject=_("{organisation} is in the registry again"),
        body=_(
            "**{organisation}** stands in the registry of organisations with volunteering activity again.\n\n"
            "[See its page]({link})\n\nThe record is to be confirmed by {due_on}."
        ),
        placeholders={**_NAMED, **_LINK, "due_on": _("day of the next confirmation")},
    )
)
SUSPENDED: Final = register(
    MailKind(
        name="organisations.suspended",
        label=_("Organisation suspended"),
        subject=_("{organisation} was suspended from the registry"),
        body=_(
            "The public no longer sees **{organisation}** in the registry, for this reason:\n\n{reason}\n\nWhen it is "
            "put right, write to us and we will enter it again.\n\n[Write to us]({link})"
        ),
        placeholders={**_NAMED, **_REASON, **_LINK},
    )
)
WITHDRAWN: Final = register(
    MailKind(
        name="organisations.withdrawn",
        label=_("Organisation withdrawn at its request"),
        subject=_("{organisation} was withdrawn from the registry"),
        body=_(
            "At its request, **{organisation}** no longer stands in the registry. What was noted:\n\n{reason}\n\nIf "
            "nobody of the organisation asked for it, write to us at once.\n\n[Write to us]({link})"
        ),
        placeholders={**_NAMED, **_REASON, **_LINK},
    )
)
STRUCK_OFF: Final = register(
    MailKind(
        name="organisations.struck_off",
        label=_("Organisation struck off"),
        subject=_("{organisation} was struck off the registry"),
        body=_(
            "**{organisation}** was struck off the registry, for this reason:\n\n{reason}\n\nIf you think that we are "
            "mistaken, write to us.\n\n[Write to us]({link})"
        ),
        placeholders={**_NAMED, **_REASON, **_LINK},
    )
)
REPORT_RESOLVED: Final = register(
    MailKind(
        name="organisations.report_resolved",
        label=_("Answer to a report: put right"),
        subject=_("What we did about your report on {organisation}"),
        body=_(
            "Thank you for telling us what is wrong on the page of **{organisation}**. Our answer:\n\n{reason}\n\n"
            "[See the page]({link})"
        ),
        placeholders={**_NAMED, **_REASON, **_LINK},
    )
)
REPORT_DISMISSED: Final = register(
    MailKind(
        name="organisations.report_dismissed",
        label=_("Answer to a report: nothing was changed"),
        subject=_("Your report on {organisation}"),
        body=_(
            "Thank you for writing to us about the page of **{organisation}**. We looked into it and changed nothing. "
            "Our answer:\n\n{reason}\n\n[See the page]({link})"
        ),
        placeholders={**_NAMED, **_REASON, **_LINK},
    )
)
DIGEST: Final = register(
    MailKind(
        name="organisations.daily_digest",
        label=_("The morning's list of work"),
        subject=_("The registry this morning: {total}"),
        body=_("What waits in the registry today:\n\n{list}\n\n[See what waits]({link})"),
        placeholders={
            "total": _("how much waits"),
            "list": _("what waits, a line each"),
            **_LINK,
        },
        category=DIGEST_CATEGORY.name,
    )
)
