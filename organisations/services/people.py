"""Who acts for an organisation: invitations, roles, hand-over and leaving (row O8).

Every function locks the organisation first, then asks again whether the one who acts still may: of two managers who
take each other out at the same time one stays. An organisation that has a manager never loses the last one here.
"""

from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.accounts.models import User
from organisations.choices import ChangeSubject, MemberRole
from organisations.emails import people as emails
from organisations.models import Invitation, Membership, Organisation, OrganisationChange

GOOD_FOR = timedelta(days=14)
# A mail to one address leaves at most once in this time, however often it is asked for.
BETWEEN_MAILS = timedelta(hours=20)
MOST_A_DAY = 20
_SALT = "organisations.invitation"


def invitation_token(invitation: Invitation) -> str:
    """What stands in the invitation's link; it never changes and says nothing but the number."""
    return signing.Signer(salt=_SALT).sign(str(invitation.pk))


def invitation_of(token: str) -> Invitation | None:
    """The invitation of a link, open or not; None for a link that the portal did not make."""
    try:
        number = signing.Signer(salt=_SALT).unsign(token)
    except signing.BadSignature:
        return None
    return Invitation.objects.select_related("organisation", "invited_by").filter(pk=number).first()


def confirmed_addresses(user: Any) -> set[str]:
    """Addresses that this person has shown to be theirs, in lower case."""
    found = EmailAddress.objects.filter(user_id=user.pk, verified=True)
    return {address.lower() for address in found.values_list("email", flat=True)}


@transaction.atomic
def invite_person(
    *, organisation: Organisation, email: str, role: str, language: str, actor: User
) -> Invitation:
    """Invite the owner of an address to act for the organisation; the mail leaves with the commit.

    The answer never says whether the address has an account. Raises ``ValidationError`` in words when the actor no
    longer manages the organisation, the address is already that of a colleague or invited, or too many were invited
    within a day.
    """
    _lock_as_manager(organisation, actor)
    email = email.strip().lower()
    now = timezone.now()
    if _is_colleague(organisation, email):
        raise ValidationError(
            {"email": _("The person with this address belongs to the organisation already.")}
        )
    sent = Invitation.objects.filter(organisation=organisation)
    sent.filter(email=email, accepted_at=None, revoked_at=None, expires_at__lte=now).update(revoked_at=now)
    if sent.open().filter(email=email).exists():
        raise ValidationError(
            {"email": _("This address has been invited already. You can send the invitation again below.")}
        )
    if sent.filter(created_at__gt=now - timedelta(days=1)).count() >= MOST_A_DAY:
        raise ValidationError(_("You have sent many invitations today. Please send the next ones tomorrow."))
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=email,
        role=role,
        language=language,
        invited_by=actor,
        expires_at=now + GOOD_FOR,
    )
    emails.send_invitation(invitation, invitation_token(invitation))
    _tell(organisation, actor, role)
    return invitation


@transaction.atomic
def resend_invitation(*, invitation: Invitation, actor: User) -> Invitation:
    """Send the mail again and let the invitation run for another 14 days; also one that ran out of time.

    Raises ``ValidationError`` when it was taken up, taken back, or sent within the last hours.
    """
    _lock_as_manager(invitation.organisation, actor)
    locked = _lock_invitation(invitation)
    if locked.accepted_at or locked.revoked_at:
        raise ValidationError(_("This invitation has ended. You can send a new one."))
    now = timezone.now()
    if locked.expires_at - GOOD_FOR > now - BETWEEN_MAILS:
        raise ValidationError(
            _("This invitation was sent within the last day. Please wait until tomorrow to send it again.")
        )
    locked.expires_at = now + GOOD_FOR
    locked.invited_by = actor
    locked.save(update_fields=["expires_at", "invited_by"])
    emails.send_invitation(locked, invitation_token(locked))
    return locked


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, actor: User) -> Invitation:
    """Take an invitation back; its link then says so. One that was taken back stays so.

    Raises ``ValidationError`` when it was accepted meanwhile.
    """
    _lock_as_manager(invitation.organisation, actor)
    locked = _lock_invitation(invitation)
    if locked.accepted_at:
        raise ValidationError(_("This invitation was accepted in the meantime; the person is in the list."))
    return _end(locked)


@transaction.atomic
def accept_invitation(*, invitation: Invitation, user: User) -> Membership:
    """Bring in the person whose confirmed address was invited; an invitation works once.

    Somebody who belongs to the organisation already keeps their role, or takes the manager's when it is offered.
    Raises ``ValidationError`` when the invitation has ended or is for another address.
    """
    organisation = _lock(invitation.organisation)
    locked = _lock_invitation(invitation)
    _check_is_theirs(locked, user)
    membership = Membership.objects.filter(organisation=organisation, user=user).first()
    if membership is None:
        membership = Membership(organisation=organisation, user=user, role=locked.role)
        _save(membership, user)
    elif locked.role == MemberRole.MANAGER and membership.role != MemberRole.MANAGER:
        membership.role = MemberRole.MANAGER
        _save(membership, user)
    locked.accepted_at = timezone.now()
    locked.accepted_by = user
    locked.save(update_fields=["accepted_at", "accepted_by"])
    emails.send_accepted(locked, user)
    return membership


@transaction.atomic
def refuse_invitation(*, invitation: Invitation, user: User) -> Invitation:
    """The invited person says no: the invitation ends and whoever sent it is told.

    Raises ``ValidationError`` when the invitation has ended or is for another address.
    """
    _lock(invitation.organisation)
    locked = _lock_invitation(invitation)
    _check_is_theirs(locked, user)
    _end(locked)
    emails.send_refused(locked)
    return locked


@transaction.atomic
def change_role(*, membership: Membership, role: str, actor: User) -> Membership:
    """Give a colleague another role; they are told. The last manager stays one.

    Raises ``ValidationError`` in words; nothing is changed and nobody told when the role is the same.
    """
    _lock_as_manager(membership.organisation, actor)
    locked = _present(membership)
    if locked.role == role:
        return locked
    if role != MemberRole.MANAGER:
        _keep_a_manager(locked)
    locked.role = role
    _save(locked, actor)
    if locked.user_id != actor.pk:
        emails.send_role_changed(locked)
    return locked


@transaction.atomic
def remove_person(*, membership: Membership, actor: User) -> None:
    """Take a colleague out; they are told, and invitations that they sent are taken back with them.

    Raises ``ValidationError`` when the actor no longer manages the organisation, the person has left already, or is
    its last manager.
    """
    _lock_as_manager(membership.organisation, actor)
    locked = _present(membership)
    if locked.user_id == actor.pk:
        raise ValidationError(_("To leave the organisation yourself, use “Leave the organisation”."))
    _keep_a_manager(locked)
    sent = Invitation.objects.open().filter(organisation=locked.organisation, invited_by=locked.user)
    sent.update(revoked_at=timezone.now())
    emails.send_removed(locked)
    _delete(locked, actor)


@transaction.atomic
def leave_organisation(*, membership: Membership) -> None:
    """The person goes by themselves. Raises ``ValidationError`` for the last manager, who hands over first."""
    _lock(membership.organisation)
    locked = _present(membership)
    _keep_a_manager(locked)
    _delete(locked, locked.user)


@transaction.atomic
def hand_over(*, membership: Membership, actor: User) -> Membership:
    """Make a colleague manager in the actor's place; the actor stays as a member. Both roles change or none.

    Raises ``ValidationError`` when the actor no longer manages the organisation or the colleague has left.
    """
    organisation = _lock_as_manager(membership.organisation, actor)
    receiver = _present(membership)
    if receiver.user_id == actor.pk:
        raise ValidationError(_("Choose a colleague to whom you hand over."))
    if not receiver.user.is_active:
        raise ValidationError(_("This person's account is closed; choose somebody else."))
    if receiver.role != MemberRole.MANAGER:
        receiver.role = MemberRole.MANAGER
        _save(receiver, actor)
        emails.send_role_changed(receiver)
    own = Membership.objects.get(organisation=organisation, user=actor)
    own.role = MemberRole.MEMBER
    _save(own, actor)
    return receiver


def _lock(organisation: Organisation) -> Organisation:
    return Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)


def _lock_as_manager(organisation: Organisation, actor: User) -> Organisation:
    locked = _lock(organisation)
    if not Membership.objects.filter(organisation=locked, user=actor, role=MemberRole.MANAGER).exists():
        raise ValidationError(_("You no longer manage this organisation, so nothing was changed."))
    return locked


def _lock_invitation(invitation: Invitation) -> Invitation:
    found = Invitation.objects.select_for_update(of=("self",)).select_related("organisation", "invited_by")
    return found.get(pk=invitation.pk)


def _present(membership: Membership) -> Membership:
    found = Membership.objects.select_related("organisation", "user").filter(pk=membership.pk).first()
    if found is None:
        raise ValidationError(_("This person no longer belongs to the organisation."))
    return found


def _keep_a_manager(leaving: Membership) -> None:
    """Whoever is no manager may go; a manager when another one, who can sign in, stays."""
    others = Membership.objects.filter(
        organisation=leaving.organisation, role=MemberRole.MANAGER, user__is_active=True
    ).exclude(pk=leaving.pk)
    if leaving.role == MemberRole.MANAGER and not others.exists():
        raise ValidationError(
            _("An organisation keeps at least one manager. Make somebody else manager first, then try again.")
        )


def _is_colleague(organisation: Organisation, email: str) -> bool:
    members = Membership.objects.filter(organisation=organisation)
    owners = EmailAddress.objects.filter(email__iexact=email, verified=True).values("user_id")
    return members.filter(user__email=email).exists() or members.filter(user_id__in=owners).exists()


def _check_is_theirs(invitation: Invitation, user: User) -> None:
    if not invitation.is_open:
        raise ValidationError(_("This invitation is no longer good. Ask the organisation for a new one."))
    if invitation.email not in confirmed_addresses(user):
        raise ValidationError(_("This invitation was sent to another e-mail address than yours."))


def _end(invitation: Invitation) -> Invitation:
    if invitation.revoked_at is None:
        invitation.revoked_at = timezone.now()
        invitation.save(update_fields=["revoked_at"])
    return invitation


def _save(membership: Membership, actor: User) -> None:
    membership._history_user = actor  # type: ignore[attr-defined]
    membership.save()


def _delete(membership: Membership, actor: User) -> None:
    membership._history_user = actor  # type: ignore[attr-defined]
    membership.delete()


def _tell(organisation: Organisation, actor: User, role: str) -> None:
    """That somebody was invited, and as what: the address itself stays out of the history."""
    OrganisationChange.objects.create(
        organisation=organisation, subject=ChangeSubject.INVITATION, after=role, actor=actor
    )
