"""The messages that answer a proposed theme: one builder, used to show and to send."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from core.messaging.kinds import MailKind, register
from organisations.emails.letter import Letter, link_to
from videoconferences.models import ThemeProposal

_ABOUT = {
    "proposal": _("the theme as it was proposed"),
    "organisation": _("name of the organisation"),
    "year": _("year of the edition"),
    "reason": _("what the team wrote"),
    "link": _("address of the board of themes"),
}

PROPOSAL_TAKEN: Final = register(
    MailKind(
        name="videoconferences.proposal_taken",
        label=_("Proposed theme taken"),
        subject=_("A theme that you proposed was taken: {proposal}"),
        body=_(
            "The theme **{proposal}**, proposed by {organisation} for edition {year}, was taken as “{theme}”.\n\n"
            "{reason}\n\n[See the board of themes]({link})"
        ),
        placeholders={**_ABOUT, "theme": _("the theme of the vocabulary as which it was taken")},
    )
)
PROPOSAL_DECLINED: Final = register(
    MailKind(
        name="videoconferences.proposal_declined",
        label=_("Proposed theme not taken"),
        subject=_("A theme that you proposed was not taken: {proposal}"),
        body=_(
            "The theme **{proposal}**, proposed by {organisation} for edition {year}, was not taken.\n\n"
            "{reason}\n\n[See the board of themes]({link})"
        ),
        placeholders=_ABOUT,
    )
)
_KINDS = {"take": PROPOSAL_TAKEN, "decline": PROPOSAL_DECLINED}


def answer_letters(
    *, proposal: ThemeProposal, step: str, reason: str, theme: str = "", mark: str = ""
) -> list[Letter]:
    """What leaves with an answer: to each of the organisation's people; nothing when an answer is taken back.

    ``theme`` is the name under which it was taken, ``mark`` tells one answer from the next in the key.
    """
    kind = _KINDS.get(step)
    if kind is None:
        return []
    letters = []
    for membership in proposal.organisation.memberships.select_related("user").order_by("pk"):
        person = membership.user
        if not person.is_active:
            continue
        values: dict[str, object] = {
            "proposal": proposal.title,
            "organisation": proposal.organisation.display_name,
            "year": proposal.edition.year,
            "reason": reason,
            "link": _board(proposal, person.language),
        }
        if step == "take":
            values["theme"] = theme
        key = f"videoconferences.proposal.{proposal.pk}.{step}.{mark}.{person.pk}"
        letters.append(Letter(kind, key, person.email, values, person.language, person, proposal))
    return letters


def _board(proposal: ThemeProposal, language: str) -> str:
    with override(language):
        page = link_to("videoconferences:board", language=language)
    return f"{page}?editia={proposal.edition.year}#propunere-{proposal.pk}"
