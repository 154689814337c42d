"""A registration that came by the public form."""

from typing import TYPE_CHECKING

from django.db import transaction

from meetings.models import Meeting
from meetings.services.places import count_places, fill_places, lock_meeting
from meetings.services.registration import RegistrationEntry, register_participant

if TYPE_CHECKING:
    from core.accounts.models import ConsentText, User


@transaction.atomic
def receive_registration(
    *, meeting: Meeting, entry: RegistrationEntry, user: "User | None", text: "ConsentText"
) -> bool:
    """Registers, and says whether a place was free at this moment, never whether the address was registered before.

    Raises :class:`meetings.services.registration.RegistrationClosedError`.
    """
    locked = lock_meeting(meeting)
    fill_places(meeting=locked)
    has_place = not count_places(locked).is_full
    register_participant(meeting=locked, entry=entry, user=user, text=text)
    return has_place
