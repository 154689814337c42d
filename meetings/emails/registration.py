"""Mails about one's own registration: asked for, place given, moved up, lapsed, withdrawn."""

from datetime import datetime
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.dates import long_datetime
from core.messaging.kinds import MailKind, register
from meetings.choices import MeetingStatus, RegistrationStatus
from meetings.emails.facts import FACTS, post_to_registrant
from meetings.invites import Method
from meetings.models import Registration

UNTIL = {"until": _("until when the place is kept")}

PLACE: Final = register(
    MailKind(
        name="meetings.place",
        label=_("Registration for a gathering: you have a place"),
        subject=_("{meeting}: you have a place"),
        body=_(
            "You are registered and have a place.\n\n**{meeting}**\n\n{when}\n\n{where}\n\n"
            "[See your registration]({link})\n\nOn that page you find the link to join and can change your "
            "registration or withdraw. The address is yours alone: do not send it on. The entry for your calendar is "
            "attached."
        ),
        placeholders=FACTS,
    )
)
HELD: Final = register(
    MailKind(
        name="meetings.held",
        label=_("Registration for a gathering: confirm your address"),
        subject=_("{meeting}: confirm your registration"),
        body=_(
            "Somebody registered this address. A place is kept for you until **{until}**.\n\n**{meeting}**\n\n"
            "{when}\n\n{where}\n\n[Confirm your registration]({link})\n\n"
            "If you do not confirm, the place goes to somebody else. If it was not you, you need not do anything."
        ),
        placeholders={**FACTS, **UNTIL},
    )
)
WAITING: Final = register(
    MailKind(
        name="meetings.waiting",
        label=_("Registration for a gathering: waiting list"),
        subject=_("{meeting}: you are on the waiting list"),
        body=_(
            "All places are taken, so you are on the waiting list. When a place becomes free, the first who waits "
            "gets it and we write at once.\n\n**{meeting}**\n\n{when}\n\n{where}\n\n[See your registration]({link})"
        ),
        placeholders=FACTS,
    )
)
WAITING_HELD: Final = register(
    MailKind(
        name="meetings.waiting_held",
        label=_("Registration for a gathering: waiting list, confirm your address"),
        subject=_("{meeting}: confirm your place on the waiting list"),
        body=_(
            "Somebody registered this address. All places are taken; your turn on the waiting list is kept until "
            "**{until}**.\n\n**{meeting}**\n\n{when}\n\n{where}\n\n[Confirm your registration]({link})\n\n"
            "If you do not confirm, the registration lapses. If it was not you, you need not do anything."
        ),
        placeholders={**FACTS, **UNTIL},
    )
)
ALREADY: Final = register(
    MailKind(
        name="meetings.already_registered",
        label=_("Registration for a gathering: registered already"),
        subject=_("{meeting}: this address is registered already"),
        body=_(
            "Somebody registered this address again. One registration is enough: nothing was changed.\n\n"
            "**{meeting}**\n\n{when}\n\n{where}\n\n[See your registration]({link})\n\n"
            "There you can confirm it, change it or withdraw."
        ),
        placeholders=FACTS,
    )
)
MOVED_UP: Final = register(
    MailKind(
        name="meetings.moved_up",
        label=_("Waiting list: you have a place"),
        subject=_("{meeting}: a place became free for you"),
        body=_(
            "You were on the waiting list and now have a place.\n\n**{meeting}**\n\n{when}\n\n{where}\n\n"
            "[See your registration]({link})\n\nThe entry for your calendar is attached. If you cannot come, please "
            "withdraw on that page, so that somebody else gets the place."
        ),
        placeholders=FACTS,
    )
)
MOVED_UP_HELD: Final = register(
    MailKind(
        name="meetings.moved_up_held",
        label=_("Waiting list: a place is kept for you"),
        subject=_("{meeting}: a place became free, confirm it"),
        body=_(
            "A place became free for you and is kept until **{until}**.\n\n**{meeting}**\n\n{when}\n\n{where}\n\n"
            "[Confirm your registration]({link})\n\nIf you do not confirm, the place goes to the next who waits."
        ),
        placeholders={**FACTS, **UNTIL},
    )
)
LAPSED: Final = register(
    MailKind(
        name="meetings.lapsed",
        label=_("Registration for a gathering: lapsed"),
        subject=_("{meeting}: your registration has lapsed"),
        body=_(
            "The registration was not confirmed in time, so it has lapsed.\n\n**{meeting}**\n\n{when}\n\n{where}\n\n"
            "[Register again]({link})\n\nIf you did not register, you need not do anything."
        ),
        placeholders=FACTS,
    )
)
WITHDRAWN: Final = register(
    MailKind(
        name="meetings.withdrawn",
        label=_("Registration for a gathering: withdrawn"),
        subject=_("{meeting}: you have withdrawn"),
        body=_(
            "Your registration was withdrawn and nobody expects you.\n\n**{meeting}**\n\n{when}\n\n{where}\n\n"
            "[Register again]({link})"
        ),
        placeholders=FACTS,
    )
)


def post_registered(*, registration: Registration) -> None:
    """The first mail of a registration: what the person has, and whether they must confirm it."""
    if registration.status == RegistrationStatus.CONFIRMED and registration.held_until is None:
        post_place(registration=registration)
        return
    if registration.status == RegistrationStatus.CONFIRMED:
        kind = HELD
    else:
        kind = WAITING if registration.held_until is None else WAITING_HELD
    post_to_registrant(
        kind=kind,
        registration=registration,
        key=f"meetings.registered:{registration.pk}",
        more=_until(registration),
    )


def post_place(*, registration: Registration) -> None:
    """The confirmation, with the calendar entry; one a registration."""
    post_to_registrant(
        kind=PLACE, registration=registration, key=f"meetings.place:{registration.pk}", method="REQUEST"
    )


def post_already_registered(*, registration: Registration, at: datetime) -> None:
    """The link again; four times a day at most, so that nobody fills the mailbox of another."""
    slot = f"{at:%Y%m%d}-{at.hour // 6}"
    post_to_registrant(
        kind=ALREADY, registration=registration, key=f"meetings.already_registered:{registration.pk}:{slot}"
    )


def post_moved_up(*, registration: Registration) -> None:
    """A place became free; the calendar entry comes with it once the address is known."""
    is_known = registration.held_until is None
    post_to_registrant(
        kind=MOVED_UP if is_known else MOVED_UP_HELD,
        registration=registration,
        key=f"meetings.moved_up:{registration.pk}",
        method="REQUEST" if is_known else None,
        more=_until(registration),
    )


def post_lapsed(*, registration: Registration) -> None:
    post_to_registrant(kind=LAPSED, registration=registration, key=f"meetings.lapsed:{registration.pk}")


def post_withdrawn(*, registration: Registration, had_place: bool) -> None:
    """Takes the entry out of the calendar of whoever got one; a postponed gathering took it out already."""
    had_entry = (
        had_place
        and registration.address_confirmed_at is not None
        and registration.meeting.status == MeetingStatus.SCHEDULED
    )
    method: Method | None = "CANCEL" if had_entry else None
    post_to_registrant(
        kind=WITHDRAWN,
        registration=registration,
        key=f"meetings.withdrawn:{registration.pk}",
        method=method,
    )


def _until(registration: Registration) -> dict[str, object]:
    if registration.held_until is None:
        return {}
    return {"until": long_datetime(timezone.localtime(registration.held_until), registration.language)}
