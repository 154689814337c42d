"""Invitations to a gathering, and the reminder of those that nobody answered: their words, many written at once."""

from collections.abc import Mapping, Sequence
from typing import Final

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from core.accounts.choices import Language
from core.messaging.kinds import Category, MailKind, register, register_category
from core.messaging.rendering import RenderedMail
from core.messaging.services import preview_message
from core.messaging.services.posting_many import Letter, post_messages, sheets_of
from meetings.emails.facts import FACTS, facts_of
from meetings.links import invitation_url
from meetings.models import InvitationRound, Invitee

LANGUAGE: Final = Language.ROMANIAN
CATEGORY: Final = register_category(
    Category(
        "meetings.invitations",
        _("Invitations to events"),
        _("When your authority or organisation is asked to an event in its region."),
    )
)
_PLACEHOLDERS: Final = {
    **FACTS,
    "link": _("address of the page where the invitation is answered"),
    "inviter": _("who invites"),
    "words": _("what the inviter writes, may be empty"),
}
INVITATION: Final = register(
    MailKind(
        name="meetings.invitation",
        label=_("Invitation to an event"),
        subject=_("Invitation: {meeting}, {when}"),
        body=_(
            "{inviter} invites you to take part.\n\n{words}\n\n**{meeting}**\n\n{when} (Romanian time)\n\n{where}\n\n"
            "[Say whether you come]({link})\n\nOn that page you register in a few minutes, or tell us that you cannot "
            "come; the answer can be changed.\n\nWhat it is about stands on [the page of the event]({page})."
        ),
        placeholders=_PLACEHOLDERS,
        category=CATEGORY.name,
    )
)
AGAIN: Final = register(
    MailKind(
        name="meetings.invitation_again",
        label=_("Reminder of an invitation without an answer"),
        subject=_("We wait for your answer: {meeting}, {when}"),
        body=_(
            "{inviter} invited you to take part, and we have no answer yet.\n\n{words}\n\n**{meeting}**\n\n"
            "{when} (Romanian time)\n\n{where}\n\n[Say whether you come]({link})\n\n"
            "If you cannot come, one press on that page is enough, and we do not ask again.\n\n"
            "What it is about stands on [the page of the event]({page})."
        ),
        placeholders=_PLACEHOLDERS,
        category=CATEGORY.name,
    )
)


def inviter_of(round_: InvitationRound) -> str:
    """The structure that asks its members, else the programme."""
    if round_.structure is not None:
        return f"{round_.structure.name} ({round_.structure.acronym})"
    return _t("The programme of regional videoconferences of promoters of volunteering")


def _values(round_: InvitationRound) -> dict[str, object]:
    with override(LANGUAGE):
        return {
            **facts_of(round_.meeting, LANGUAGE),
            "inviter": inviter_of(round_),
            "words": round_.words,
        }


def kind_of_round(round_: InvitationRound) -> MailKind:
    return AGAIN if round_.reminds else INVITATION


def preview_invitation(round_: InvitationRound) -> RenderedMail:
    """The mail as it would leave; the round need not be saved."""
    return preview_message(kind=kind_of_round(round_), values=_values(round_), language=LANGUAGE)


def post_invitations(
    round_: InvitationRound, invitees: Sequence[Invitee], users: Mapping[str, int]
) -> dict[int, int]:
    """Writes this round's mail to each of these, once however often it is called; returns message by invitee.

    ``users`` are the accounts of addresses, so that what a person switched off there holds.
    """
    kind = kind_of_round(round_)
    keys = {each.pk: f"{kind.name}:{round_.pk}:{each.pk}" for each in invitees}
    letters = [
        Letter(
            key=keys[each.pk],
            to=each.email,
            user_id=users.get(each.email),
            about=each,
            links={"link": invitation_url(each)},
        )
        for each in invitees
    ]
    messages = post_messages(kind=kind, letters=letters, sheets=sheets_of(kind, _values(round_), LANGUAGE))
    return {invitee: messages[key] for invitee, key in keys.items()}


def round_key(round_: InvitationRound) -> str:
    """What the keys of the messages of a round begin with."""
    return f"{kind_of_round(round_).name}:{round_.pk}:"
