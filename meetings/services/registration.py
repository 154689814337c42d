"""Registering for a gathering, confirming one's address, changing what was said, withdrawing."""

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Final

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.accounts.services.consents import give_consent
from core.workflow import TransitionRefusedError, remember
from meetings.choices import SECTOR_OF_TYPE, ParticipantType, RegistrationSource, RegistrationStatus
from meetings.consents import REGISTRATION
from meetings.emails.registration import (
    post_already_registered,
    post_place,
    post_registered,
    post_withdrawn,
)
from meetings.models import Meeting, Registration
from meetings.selectors.window import registration_window
from meetings.services.places import count_places, fill_places, lock_meeting
from meetings.workflow import REGISTRATION_WORKFLOW, held_until

if TYPE_CHECKING:
    from core.accounts.models import ConsentText, User
    from core.territory.models import County, Uat
    from organisations.models import Organisation

__all__ = [
    "RegistrationClosedError",
    "RegistrationEntry",
    "change_registration",
    "confirm_address",
    "fill_places",
    "receive_registration",
    "register_again",
    "register_participant",
    "withdraw",
]

# Who is put on the list by the team, or stands at the door, does not ask whether registration is open.
_BY_THEMSELVES: Final = (RegistrationSource.FORM, RegistrationSource.INVITATION)


class RegistrationClosedError(Exception):
    """Nobody can register, or change a registration, now; the text says why, to the person."""


@dataclass(frozen=True, kw_only=True)
class RegistrationEntry:
    """What a person says of themselves; an empty sector is that of the type."""

    name: str
    email: str
    participant_type: str
    level: str
    sector: str = ""
    organisation: "Organisation | None" = None
    organisation_name: str = ""
    county: "County | None" = None
    uat: "Uat | None" = None
    themes_proposed: str = ""
    language: str = "ro"

    @classmethod
    def of(cls, registration: Registration) -> "RegistrationEntry":
        """What a registration says already."""
        return cls(**{field.name: getattr(registration, field.name) for field in fields(cls)})

    def complete(self) -> "RegistrationEntry":
        """With the sector of the type where none was said."""
        if self.sector:
            return self
        return replace(self, sector=SECTOR_OF_TYPE[ParticipantType(self.participant_type)])

    def stored(self) -> dict[str, object]:
        return {field.name: getattr(self.complete(), field.name) for field in fields(self)}


@transaction.atomic
def register_participant(
    *,
    meeting: Meeting,
    entry: RegistrationEntry,
    user: "User | None" = None,
    source: str = RegistrationSource.FORM,
    address_is_known: bool = False,
    text: "ConsentText | None" = None,
) -> Registration:
    """Gives a place or the end of the waiting list, in order of arrival, and writes to the person.

    The meeting's row is locked, so of those who come at once exactly as many get a place as there are. An address
    that is registered already gets its link again (a few times a day at most) and no second row; what was said the
    first time stays. The address counts as confirmed when it is one of ``user``'s or ``address_is_known`` (a link
    sent there was pressed); otherwise place or turn are kept until it is. Somebody who came without registering
    (source ON_THE_DAY) has a place however many there are, and no mail. ``text`` are the words of consent shown.

    Raises :class:`RegistrationClosedError` when registration is not open.
    """
    return _register(
        lock_meeting(meeting), entry, user, source, address_is_known=address_is_known, text=text
    ).registration


@transaction.atomic
def receive_registration(
    *, meeting: Meeting, entry: RegistrationEntry, user: "User | None", text: "ConsentText"
) -> bool:
    """Registers whoever sent the public form, and says whether a place was free at this moment.

    The answer is the same whether or not the address was registered before. Raises :class:`RegistrationClosedError`.
    """
    done = _register(
        lock_meeting(meeting), entry, user, RegistrationSource.FORM, address_is_known=False, text=text
    )
    return not done.was_full


@dataclass(frozen=True)
class _Done:
    registration: Registration
    was_full: bool


def _register(
    meeting: Meeting,
    entry: RegistrationEntry,
    user: "User | None",
    source: str,
    *,
    address_is_known: bool,
    text: "ConsentText | None",
) -> _Done:
    """Under the meeting's lock."""
    now, email = timezone.now(), entry.email.strip().lower()
    if source in _BY_THEMSELVES:
        window = registration_window(meeting, now)
        if not window.is_open:
            raise RegistrationClosedError(window.sentence)
    is_full = _is_full(meeting)
    standing = Registration.objects.active().filter(meeting=meeting, email=email).first()
    if standing is not None:
        standing.meeting = meeting
        post_already_registered(registration=standing, at=now)
        return _Done(standing, is_full)
    known = address_is_known or (user is not None and email in _addresses_of(user))
    has_place = source == RegistrationSource.ON_THE_DAY or not is_full
    registration = Registration(
        meeting=meeting,
        user=user,
        source=source,
        is_organiser=user is not None and known and user.has_perm("meetings.change_meeting", meeting),
        status=RegistrationStatus.CONFIRMED if has_place else RegistrationStatus.WAITING,
        registered_at=now,
        confirmed_at=now if has_place else None,
        address_confirmed_at=now if known else None,
        held_until=None if known or source not in _BY_THEMSELVES else held_until(meeting, now),
        told_sequence=meeting.told_sequence,
        **replace(entry, email=email).stored(),
    )
    registration.save(force_insert=True)
    remember(registration, name="register", source="", target=registration.status, actor=user, at=now)
    if source in _BY_THEMSELVES:
        give_consent(
            purpose=REGISTRATION.key,
            user=user if known else None,
            email=email,
            language=entry.language,
            about=registration,
            text=text,
        )
    if source != RegistrationSource.ON_THE_DAY:
        post_registered(registration=registration)
    return _Done(registration, is_full)


def _is_full(meeting: Meeting) -> bool:
    """Whether who comes now waits; those who wait already go first where a place is free."""
    if meeting.capacity is None:
        fill_places(meeting=meeting)
        return False
    places = count_places(meeting)
    if places.waiting and places.left:
        fill_places(meeting=meeting)
        places = count_places(meeting)
    return places.is_full


def _addresses_of(user: "User") -> set[str]:
    found = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return {address.lower() for address in found}


@transaction.atomic
def confirm_address(*, registration: Registration) -> Registration:
    """The person pressed the button of the page that was sent to the address: place or turn are theirs.

    Whoever has a place gets the calendar entry. A second call changes nothing. Raises
    :class:`RegistrationClosedError` when the registration has ended meanwhile.
    """
    locked = _locked(registration)
    if not locked.is_active:
        raise RegistrationClosedError(_("This registration is no longer in force."))
    if locked.address_confirmed_at is None:
        locked.address_confirmed_at = timezone.now()
        locked.held_until = None
        locked.save(update_fields=["address_confirmed_at", "held_until"])
        if locked.status == RegistrationStatus.CONFIRMED:
            post_place(registration=locked)
    return locked


@transaction.atomic
def change_registration(
    *, registration: Registration, entry: RegistrationEntry, actor: "User | None" = None
) -> Registration:
    """Writes what the person says now; the address stays, and so does the place or the turn.

    Raises :class:`RegistrationClosedError` when the registration has ended or the gathering has begun.
    """
    locked = _locked(registration)
    if not locked.is_active:
        raise RegistrationClosedError(_("This registration is no longer in force."))
    if timezone.now() >= locked.meeting.begins_at:
        raise RegistrationClosedError(_("It has begun, so the registration stays as it is."))
    said = replace(entry, email=locked.email).stored()
    changed = [name for name, value in said.items() if getattr(locked, name) != value]
    for name in changed:
        setattr(locked, name, said[name])
    if changed:
        locked.save(update_fields=changed)
    return locked


@transaction.atomic
def withdraw(*, registration: Registration, actor: "User | None" = None, tell: bool = True) -> Registration:
    """Ends the registration, takes the entry out of the person's calendar, and gives the place to who waits.

    A second call changes nothing and tells nobody. ``actor`` is somebody of the team; None is the person with the
    link. ``tell=False`` writes no mail: to a person who is being erased. Raises
    :class:`core.workflow.TransitionRefusedError` once the gathering has begun.
    """
    locked = _locked(registration)
    if not locked.is_active:
        return locked
    had_place = locked.status == RegistrationStatus.CONFIRMED
    meeting = locked.meeting
    ended = REGISTRATION_WORKFLOW.perform(locked, "withdraw", actor=actor)
    ended.meeting = meeting
    if tell:
        post_withdrawn(registration=ended, had_place=had_place)
    if had_place:
        fill_places(meeting=meeting)
    return ended


@transaction.atomic
def register_again(*, registration: Registration) -> Registration:
    """Whoever withdrew or let it lapse comes back by their own page, at the end, with what they said before.

    Raises :class:`RegistrationClosedError` when registration is not open. A registration in force is returned.
    """
    if registration.is_active:
        return registration
    return register_participant(
        meeting=registration.meeting,
        entry=RegistrationEntry.of(registration),
        user=registration.user,
        address_is_known=True,
    )


def _locked(registration: Registration) -> Registration:
    """The row as it is now, behind the lock of its meeting. Raises when it was erased meanwhile."""
    meeting = lock_meeting(registration.meeting)
    locked = Registration.objects.select_for_update(of=("self",)).filter(pk=registration.pk).first()
    if locked is None:
        raise TransitionRefusedError(_("This record has been deleted in the meantime."))
    locked.meeting = meeting
    return locked
