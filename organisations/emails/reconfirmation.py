"""Mails about the yearly confirmation of a record."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.dates import plain_date
from core.messaging.kinds import MailKind, register
from core.messaging.services import post_message
from organisations.models import Reconfirmation

_PLACEHOLDERS = {
    "organisation": _("name of the organisation"),
    "due": _("day until which the record is to be confirmed"),
    "link": _("address of the page where it is confirmed"),
}
_WHAT_TO_DO = _(
    "Once a year we ask each organisation whether what the registry says of it is still true. "
    "Please read the record of **{organisation}**, correct what has changed, and confirm it until **{due}**.\n\n"
    "[Read and confirm the record]({link})"
)

# By the days from the due one.
REMINDERS = {
    stage: register(
        MailKind(
            name=f"organisations.reconfirmation_{name}",
            label=label,
            subject=subject,
            body=body,
            placeholders=_PLACEHOLDERS,
        )
    )
    for stage, name, label, subject, body in (
        (
            -30,
            "month",
            _("Confirm the record: a month before"),
            _("Please confirm the record of {organisation}"),
            _WHAT_TO_DO,
        ),
        (
            -7,
            "week",
            _("Confirm the record: a week before"),
            _("A week left to confirm the record of {organisation}"),
            _WHAT_TO_DO,
        ),
        (
            0,
            "due",
            _("Confirm the record: the last day"),
            _("The record of {organisation} is to be confirmed now"),
            _(
                "The record of **{organisation}** was to be confirmed until **{due}**. Please do it now: it takes a "
                "few minutes.\n\n"
                "[Read and confirm the record]({link})\n\n"
                "Until then the public page says that the data are not confirmed. After 60 days the record is taken "
                "out of the public registry; nothing is deleted."
            ),
        ),
    )
}
LAPSED = register(
    MailKind(
        name="organisations.reconfirmation_lapsed",
        label=_("A record was suspended because nobody confirmed it"),
        subject=_("The record of {organisation} is no longer public"),
        body=_(
            "Nobody confirmed the record of **{organisation}**, which was due on {due}. It is suspended: the public "
            "does not see it. Nothing was deleted.\n\n"
            "[Confirm the record]({link})\n\n"
            "As soon as you confirm that its data are true, the record is public again."
        ),
        placeholders=_PLACEHOLDERS,
    )
)


def send_reminder(asked: Reconfirmation, person: User, stage: int) -> None:
    """To one manager, once a stage: ``stage`` is one of :data:`REMINDERS`."""
    _send(REMINDERS[stage], asked, person)


def send_lapsed(asked: Reconfirmation, person: User) -> None:
    """To one manager, when the record was suspended."""
    _send(LAPSED, asked, person)


def _send(kind: MailKind, asked: Reconfirmation, person: User) -> None:
    organisation = asked.organisation
    with translation.override(person.language):
        link = settings.SITE_URL + reverse("organisations:own_confirm", args=[organisation.slug])
    post_message(
        kind=kind,
        key=f"{kind.name}:{asked.pk}:{person.pk}",
        to=person.email,
        user=person,
        about=organisation,
        values={
            "organisation": organisation.display_name,
            "due": plain_date(asked.due_on, person.language),
            "link": link,
        },
    )
