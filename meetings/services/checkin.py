"""Participants who write down their own presence."""

from typing import TYPE_CHECKING

from django.db import transaction

from core.accounts.services.consents import give_consent
from meetings.choices import PresenceSource, RegistrationSource
from meetings.consents import REGISTRATION
from meetings.models import Meeting, Registration
from meetings.services.attendance import add_present, record_presence
from meetings.services.registration import RegistrationEntry

if TYPE_CHECKING:
    from core.accounts.models import ConsentText, User


@transaction.atomic
def check_in_address(*, meeting: Meeting, email: str) -> None:
    """The person who registered with this address is there; an address that nobody registered changes nothing.

    Nothing is answered, so that nobody learns who is registered.
    """
    found = Registration.objects.active().filter(meeting=meeting, email=email.strip().lower())
    record_presence(registrations=found, source=PresenceSource.CHECK_IN)


@transaction.atomic
def check_in_registration(*, registration: Registration) -> None:
    """The person of this registration is there; a second call changes nothing."""
    record_presence(registrations=[registration], source=PresenceSource.CHECK_IN)


@transaction.atomic
def check_in_newcomer(
    *, meeting: Meeting, entry: RegistrationEntry, user: "User | None", text: "ConsentText"
) -> None:
    """Somebody who came without registration is on the list and there, and agreed to the words shown.

    An address that is registered already is checked in; what was said the first time stays.
    """
    registration = add_present(meeting=meeting, entry=entry, source=PresenceSource.CHECK_IN, user=user)
    if registration.source == RegistrationSource.ON_THE_DAY:
        give_consent(
            purpose=REGISTRATION.key,
            user=user,
            email=registration.email,
            language=entry.language,
            about=registration,
            text=text,
        )
