"""Reminders of a gathering and the message after it: their words, and many of them written at once."""

from collections.abc import Sequence
from datetime import UTC
from typing import Final

from django.utils.translation import gettext_lazy as _

from core.messaging.kinds import Category, MailKind, register, register_category
from core.messaging.services.posting_many import Letter, post_messages, sheets_of
from core.messaging.sheets import Sheets
from meetings.choices import ReminderKind
from meetings.emails.facts import FACTS, facts_of
from meetings.links import registration_url
from meetings.models import Meeting, Registration

CATEGORY: Final = register_category(
    Category(
        "meetings.reminders",
        _("Reminders of events"),
        _("Before an event for which you have a place, and once after it."),
    )
)
_BEFORE: Final = _(
    "This is a reminder of an event for which you have a place.\n\n**{meeting}**\n\n{when} (Romanian time)\n\n"
    "{where}\n\n[See your registration]({link})\n\nOn that page you find the link to join an online event, and you can "
    "withdraw: your place then goes to the first who waits. The address is yours alone: do not send it on."
)
# None says "tomorrow" or "in an hour": after a fault of the portal it may leave later than that.
KINDS: Final = {
    kind: register(
        MailKind(
            name=f"meetings.reminder_{kind.value.replace('-', '_')}",
            label=label,
            subject=subject,
            body=body,
            placeholders=FACTS,
            category=CATEGORY.name,
        )
    )
    for kind, label, subject, body in (
        (ReminderKind.WEEK, _("Reminder 7 days before an event"), _("Reminder: {meeting}, {when}"), _BEFORE),
        (ReminderKind.DAY, _("Reminder a day before an event"), _("Reminder: {meeting}, {when}"), _BEFORE),
        (
            ReminderKind.HOUR,
            _("Reminder an hour before an event"),
            _("Begins soon: {meeting}, {when}"),
            _(
                "The event begins soon.\n\n**{meeting}**\n\n{when} (Romanian time)\n\n{where}\n\n"
                "[Open the page with the link to join]({link})\n\nThe address is yours alone: do not send it on."
            ),
        ),
        (
            ReminderKind.FOLLOW_UP,
            _("Message after an event"),
            _("After {meeting}"),
            _(
                "The event for which you had a place is over.\n\n**{meeting}**\n\n{when}\n\n"
                "[Open the page of your registration]({link})\n\n"
                "If you were there, thank you: please tell us on that page how it was. If you could not come, you find "
                "there what remains of it: documents, and the recording where there is one.\n\n"
                "The conclusions are published on [the page of the event]({page})."
            ),
        ),
    )
}


def reminder_sheets(meeting: Meeting, kind: ReminderKind, language: str) -> Sheets:
    """What all reminders of a kind share in this language."""
    return sheets_of(KINDS[kind], facts_of(meeting, language), language)


def reminder_key(meeting: Meeting, registration: Registration, kind: ReminderKind) -> str:
    """Unique to person, kind and beginning: a gathering that moves is told of anew."""
    assert meeting.starts_at is not None  # noqa: S101  (nothing is due before the hour is known)
    start = meeting.starts_at.astimezone(UTC)
    return f"meetings.reminder:{registration.pk}:{kind.value}:{start:%Y%m%dT%H%M%SZ}"


def post_reminders(
    meeting: Meeting, kind: ReminderKind, registrations: Sequence[Registration], sheets: Sheets
) -> dict[int, int]:
    """Writes a reminder to each of these, who read the language of ``sheets``; returns message by registration."""
    keys = {each.pk: reminder_key(meeting, each, kind) for each in registrations}
    letters = [
        Letter(
            key=keys[each.pk],
            to=each.email,
            user_id=each.user_id,
            about=each,
            links={"link": registration_url(each)},
        )
        for each in registrations
    ]
    messages = post_messages(kind=KINDS[kind], letters=letters, sheets=sheets)
    return {registration: messages[key] for registration, key in keys.items()}
