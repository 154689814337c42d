"""Accounts whose address nobody confirmed: erased after 30 days, unless something in the portal points to them."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef

from core.accounts.models import FormerIdentity, User, UserQuerySet
from core.messaging.models import Message
from core.messaging.services.erasing import forget_recipient

logger = logging.getLogger(__name__)

# What the making of an account itself leaves; all else that points to a person keeps the account.
_MADE_WITH_IT = (EmailAddress, FormerIdentity, SocialAccount, UserSession, Message)


def unconfirmed(*, now: datetime) -> UserQuerySet:
    """Accounts of 30 days or more, never signed in, no confirmed address, and nothing in the portal that is theirs.

    Nothing: no role, membership, submission, consent, step or version, and whatever an app will keep with a person
    later.
    """
    made_before = now - timedelta(days=settings.UNCONFIRMED_DAYS)
    found: UserQuerySet = User.objects.filter(
        date_joined__lte=made_before, last_login=None, is_superuser=False
    ).exclude(Exists(EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)))
    for field in _pointing():
        pointing = field.model._base_manager.filter(**{field.attname: OuterRef("pk")})
        found = found.exclude(Exists(pointing))
    return found


def erase_unconfirmed(*, now: datetime) -> int:
    """Erases them with what was made with them; returns how many. One that fails stops no other and is tried again.

    Nobody is told: the address may be anybody's. For the same reason nothing is searched by address or name, as the
    erasure of a person does: it could be in the portal for reasons of its owner's.
    """
    made = 0
    for pk in unconfirmed(now=now).values_list("pk", flat=True):
        try:
            made += _erase(pk, now)
        except Exception:
            logger.exception("The unconfirmed account %s was not erased; it is tried again.", pk)
    return made


@transaction.atomic
def _erase(pk: int, now: datetime) -> int:
    """The conditions are asked again under the lock: the address may have been confirmed meanwhile."""
    user = User.objects.select_for_update().filter(pk=pk).first()
    list(EmailAddress.objects.select_for_update().filter(user=pk).order_by("pk"))
    if user is None or not unconfirmed(now=now).filter(pk=pk).exists():
        return 0
    forget_recipient(user=user, now=now, by_address=False)
    user.delete()
    return 1


def _pointing() -> Iterator[models.ForeignKey[Any, Any]]:
    """Fields of every table, versions too, that point to a person."""
    for relation in User._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and relation.related_model not in _MADE_WITH_IT:
            yield relation.field
