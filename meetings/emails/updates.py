"""Mails about a change of the gathering itself, with the calendar entry brought up to date."""

from typing import Final

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from core.messaging.kinds import MailKind, register
from meetings.choices import MeetingStatus, RegistrationStatus
from meetings.emails.facts import FACTS, post_to_registrant
from meetings.invites import Method
from meetings.models import Registration

STANDING = {"standing": _("whether the person has a place or waits")}
WORDS = {"words": _("what the team says of it to everybody, may be empty")}

CHANGED: Final = register(
    MailKind(
        name="meetings.changed",
        label=_("Gathering: new date, hour or place"),
        subject=_("{meeting}: date, hour or place changed"),
        body=_(
            "What you registered for has changed. It is now:\n\n**{meeting}**\n\n{when}\n\n{where}\n\n{standing}\n\n"
            "[See your registration]({link})\n\nIf you cannot come, please withdraw on that page."
        ),
        placeholders={**FACTS, **STANDING},
    )
)
POSTPONED: Final = register(
    MailKind(
        name="meetings.postponed",
        label=_("Gathering: postponed"),
        subject=_("{meeting}: postponed"),
        body=_(
            "It is not held on the day that was announced ({when}).\n\n**{meeting}**\n\n{words}\n\n"
            "You stay registered. We write to you when the new date is known.\n\n[See your registration]({link})"
        ),
        placeholders={**FACTS, **STANDING, **WORDS},
    )
)
CANCELLED: Final = register(
    MailKind(
        name="meetings.cancelled",
        label=_("Gathering: cancelled"),
        subject=_("{meeting}: cancelled"),
        body=_(
            "It was cancelled and is not held.\n\n**{meeting}**\n\n{when}\n\n{words}\n\n"
            "You need not do anything.\n\n[See the page]({page})"
        ),
        placeholders={**FACTS, **STANDING, **WORDS},
    )
)
_KINDS: Final[dict[str, tuple[MailKind, Method]]] = {
    MeetingStatus.SCHEDULED: (CHANGED, "REQUEST"),
    # An hour at which nothing happens is taken out of the calendar; the new date puts the same entry back.
    MeetingStatus.POSTPONED: (POSTPONED, "CANCEL"),
    MeetingStatus.CANCELLED: (CANCELLED, "CANCEL"),
}


def post_update(*, registration: Registration) -> None:
    """The mail that the meeting's present state asks for, once for each version of its calendar entry."""
    meeting = registration.meeting
    kind, method = _KINDS[meeting.status]
    has_place = registration.status == RegistrationStatus.CONFIRMED
    has_entry = has_place and registration.address_confirmed_at is not None
    with override(registration.language):
        standing = _t("You have a place.") if has_place else _t("You are on the waiting list.")
    post_to_registrant(
        kind=kind,
        registration=registration,
        key=f"meetings.update:{registration.pk}:{meeting.sequence}",
        method=method if has_entry else None,
        more={"standing": standing, "words": meeting.told_words},
    )
