"""Giving and taking roles, the only door to ``RoleGrant``."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.choices import GRANTED_ROLES, Role
from core.accounts.models import RoleGrant, User


@transaction.atomic
def grant_role(*, user: User, role: Role, by: User | None = None) -> RoleGrant:
    """Gives a role; a role held already stays as it was given first.

    Guarantees one history row with the actor for a new grant. ``by`` is empty only for commands.
    Raises ``ValidationError`` for a role that comes from an organisation or structure.
    """
    if role not in GRANTED_ROLES:
        raise ValidationError(_("This role comes from an organisation or a structure."))
    # Two who grant at once: the second finds what the first gave.
    User.objects.select_for_update().get(pk=user.pk)
    grant = RoleGrant.objects.filter(user=user, role=role).first()
    if grant is None:
        grant = RoleGrant(user=user, role=role, granted_by=by)
        grant._history_user = by  # type: ignore[attr-defined]
        grant.save()
    user.forget_roles()
    return grant


@transaction.atomic
def revoke_role(*, user: User, role: Role, by: User | None = None) -> None:
    """Takes a role away; nothing happens when it is not held.

    Guarantees a history row with the actor, and that one active administrator is left, also when two
    administrators are revoked at the same time: all administrators' rows are locked first.
    Raises ``ValidationError`` for the last administrator.
    """
    if role == Role.ADMINISTRATOR:
        require_other_administrator(user=user)
    for grant in RoleGrant.objects.select_for_update().filter(user=user, role=role):
        grant._history_user = by  # type: ignore[attr-defined]
        grant.delete()
    user.forget_roles()


def require_other_administrator(*, user: User) -> None:
    """Raises ``ValidationError`` when ``user`` is the last active administrator.

    Must be called inside the transaction that takes the administrator away: it locks the administrators' grants
    first and reads who is active only then, so that of two at once the second sees what the first did.
    """
    locked = RoleGrant.objects.select_for_update().filter(role=Role.ADMINISTRATOR).order_by("pk")
    holders = [grant.user_id for grant in locked]
    # A query of its own: a row that was only locked meanwhile would be read as it was before the wait.
    active = list(User.objects.active().filter(pk__in=holders).values_list("pk", flat=True))
    if active == [user.pk]:
        raise ValidationError(_("The last administrator cannot be taken away: name another one first."))
