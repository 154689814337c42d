"""What a person wants to be written about."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from core.accounts.models import User
from core.messaging.kinds import categories
from core.messaging.models import NotificationPreference
from core.messaging.services.delivery import cancel_unwanted
from core.messaging.stopping import Stop


@transaction.atomic
def set_wanted(*, stop: Stop, wanted: bool) -> None:
    """Remembers the wish of a person, or of an address without an account; what waits and is not wanted is cancelled.

    A person who is gone, or a category that no longer exists, changes nothing.
    """
    user = User.objects.filter(pk=stop.user_id).first() if stop.user_id is not None else None
    if user is None and stop.user_id is not None:
        return
    NotificationPreference.objects.update_or_create(
        user=user,
        address=stop.address,
        category=stop.category,
        defaults={"wanted": wanted, "changed_at": timezone.now()},
    )
    if not wanted:
        cancel_unwanted(category=stop.category, user_id=stop.user_id, address=stop.address)


@transaction.atomic
def set_wanted_categories(*, user: User, wanted: Iterable[str]) -> None:
    """The person's page of notifications: these categories and none of the others that the page showed."""
    chosen = set(wanted)
    for category in categories(user):
        set_wanted(stop=Stop(category.name, user.pk, ""), wanted=category.name in chosen)


def unwanted_of(user: User) -> set[str]:
    """Names of the categories that the person switched off; one query."""
    return set(
        NotificationPreference.objects.filter(user=user, wanted=False).values_list("category", flat=True)
    )
