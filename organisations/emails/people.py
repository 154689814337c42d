"""Mails about who acts for an organisation."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.dates import plain_date
from core.messaging.kinds import MailKind, register
from core.messaging.services import post_message
from organisations.models import Invitation, Membership

INVITATION = register(
    MailKind(
        name="organisations.invitation",
        label=_("Invitation to act for an organisation"),
        subject=_("You are invited to act for {organisation}"),
        body=_(
            "{inviter} invites you to act for **{organisation}** on the portal, as: {role}.\n\n"
            "[See the invitation]({link})\n\n"
            "Sign in, or make an account, with this very e-mail address. The invitation is good until {until}. If it "
            "says nothing to you, do nothing: without you it has no effect."
        ),
        placeholders={
            "organisation": _("name of the organisation"),
            "inviter": _("who invites"),
            "role": _("the role that is offered"),
            "until": _("last day of the invitation"),
            "link": _("address of the invitation"),
        },
    )
)
ACCEPTED = register(
    MailKind(
        name="organisations.invitation_accepted",
        label=_("An invitation was accepted"),
        subject=_("{person} now acts for {organisation}"),
        body=_(
            "{person} has accepted your invitation and now acts for **{organisation}**, as: {role}.\n\n"
            "[See the people of the organisation]({link})"
        ),
        placeholders={
            "person": _("who accepted"),
            "organisation": _("name of the organisation"),
            "role": _("the person's role"),
            "link": _("address of the page with its people"),
        },
    )
)
REFUSED = register(
    MailKind(
        name="organisations.invitation_refused",
        label=_("An invitation was refused"),
        subject=_("An invitation to {organisation} was refused"),
        body=_(
            "Your invitation to {address} to act for **{organisation}** was refused. You need do nothing.\n\n"
            "[See the people of the organisation]({link})"
        ),
        placeholders={
            "address": _("the invited e-mail address"),
            "organisation": _("name of the organisation"),
            "link": _("address of the page with its people"),
        },
    )
)
ROLE_CHANGED = register(
    MailKind(
        name="organisations.role_changed",
        label=_("A person's role in an organisation has changed"),
        subject=_("Your role in {organisation} has changed"),
        body=_(
            "From now on you act for **{organisation}** as: {role}.\n\n[To the organisation's page]({link})"
        ),
        placeholders={
            "organisation": _("name of the organisation"),
            "role": _("the new role"),
            "link": _("address of the organisation's own page"),
        },
    )
)
REMOVED = register(
    MailKind(
        name="organisations.person_removed",
        label=_("A person was taken out of an organisation"),
        subject=_("You no longer act for {organisation}"),
        body=_(
            "A manager of **{organisation}** has taken you out of the organisation's people on the portal. "
            "Your account stays as it is. If you think that this is a mistake, write to the organisation."
        ),
        placeholders={"organisation": _("name of the organisation")},
    )
)


def send_invitation(invitation: Invitation, token: str) -> None:
    """The link, to the invited address in the language chosen for it; once for each time that it is sent."""
    language = invitation.language
    with translation.override(language):
        link = settings.SITE_URL + reverse("organisations:invitation", args=[token])
        role = gettext(invitation.get_role_display())
        inviter = str(invitation.invited_by) if invitation.invited_by else gettext("The registry's team")
    post_message(
        kind=INVITATION,
        key=f"organisations.invitation:{invitation.pk}:{invitation.expires_at:%Y%m%d%H%M%S%f}",
        to=invitation.email,
        language=language,
        about=invitation,
        values={
            "organisation": invitation.organisation.display_name,
            "inviter": inviter,
            "role": role,
            "until": plain_date(invitation.expires_at.date(), language),
            "link": link,
        },
    )


def send_accepted(invitation: Invitation, person: User) -> None:
    """To whoever invited, if that account is still there."""
    values = {"person": str(person)}
    _answer(ACCEPTED, invitation, values)


def send_refused(invitation: Invitation) -> None:
    """To whoever invited, if that account is still there."""
    _answer(REFUSED, invitation, {"address": invitation.email})


def send_role_changed(membership: Membership) -> None:
    """To the person whose role it is; each change once."""
    user = membership.user
    newest = membership.history.latest()  # type: ignore[attr-defined]
    with translation.override(user.language):
        link = _own_page("organisations:own", membership.organisation)
        role = str(membership.get_role_display())
    post_message(
        kind=ROLE_CHANGED,
        key=f"organisations.role_changed:{newest.history_id}",
        to=user.email,
        user=user,
        about=membership.organisation,
        values={"organisation": membership.organisation.display_name, "role": role, "link": link},
    )


def send_removed(membership: Membership) -> None:
    """To the person who was taken out; the row still exists."""
    post_message(
        kind=REMOVED,
        key=f"organisations.person_removed:{membership.pk}",
        to=membership.user.email,
        user=membership.user,
        about=membership.organisation,
        values={"organisation": membership.organisation.display_name},
    )


def _answer(kind: MailKind, invitation: Invitation, values: dict[str, Any]) -> None:
    inviter = invitation.invited_by
    if inviter is None or not inviter.is_active:
        return
    with translation.override(inviter.language):
        values |= {
            "organisation": invitation.organisation.display_name,
            "link": _own_page("organisations:own_people", invitation.organisation),
        }
        if "role" in kind.placeholders:
            values["role"] = str(invitation.get_role_display())
    post_message(
        kind=kind,
        key=f"{kind.name}:{invitation.pk}",
        to=inviter.email,
        user=inviter,
        about=invitation.organisation,
        values=values,
    )


def _own_page(name: str, organisation: Any) -> str:
    return settings.SITE_URL + reverse(name, args=[organisation.slug])
