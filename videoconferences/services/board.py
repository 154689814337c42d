"""The board of themes: what organisations propose, change, withdraw and rank, and what they are answered."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core.text import fold, normalise
from core.workflow import TransitionRefusedError
from organisations.choices import PUBLIC_STATUSES
from organisations.models import Organisation
from programmes.models import Edition
from videoconferences.choices import OPEN_FOR_THEMES, ProposalStatus, ThemeGroup
from videoconferences.emails import answer_letters
from videoconferences.models import (
    MOST_RANKED,
    Theme,
    ThemeProposal,
    ThemeRank,
    Videoconference,
    VideoconferenceTheme,
)
from videoconferences.selectors.board import known_theme
from videoconferences.workflow import PROPOSAL_WORKFLOW

if TYPE_CHECKING:
    from core.accounts.models import User

# More of one organisation would push the others off the board.
MOST_PROPOSED: Final = 10
_TITLE_LENGTH: Final = 200
# After the themes of the official calendar.
_LAST: Final = 1000
_REASON_LENGTH: Final = 300


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What staff answer; ``theme`` None makes a new theme of the proposal's own words, for ``step`` "take" alone."""

    step: str
    reason: str
    theme: Theme | None = None
    videoconferences: Sequence[Videoconference] = field(default_factory=tuple)


@transaction.atomic
def propose_theme(
    *, organisation: Organisation, edition: Edition, title: str, why: str, actor: "User"
) -> ThemeProposal:
    """Put a theme on the board; a second pressing of the button gives the first proposal back.

    Raises ``PermissionDenied`` for whoever does not act for the organisation, ``ValidationError`` when the edition no
    longer takes proposals or the organisation has proposed enough.
    """
    _check(organisation, edition, actor, "write")
    title, why = _line(title), normalise(why).strip()
    own = ThemeProposal.objects.filter(organisation=organisation, edition=edition).exclude(
        status=ProposalStatus.WITHDRAWN
    )
    for each in own:
        if fold(each.title) == fold(title):
            return each
    if len(own) >= MOST_PROPOSED:
        raise ValidationError(
            _("An organisation proposes at most %(most)d themes for an edition. Withdraw one of them first.")
            % {"most": MOST_PROPOSED}
        )
    return ThemeProposal.objects.create(
        organisation=organisation, edition=edition, title=title, why=why, proposed_by=actor
    )


@transaction.atomic
def change_proposal(*, proposal: ThemeProposal, title: str, why: str, actor: "User") -> ThemeProposal:
    """Write a proposal in other words, while nobody has answered it.

    Raises as :func:`propose_theme`, and ``ValidationError`` when it was answered or withdrawn in the meantime.
    """
    _check(proposal.organisation, proposal.edition, actor, "write")
    locked = ThemeProposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if locked.status != ProposalStatus.PROPOSED:
        raise ValidationError(
            _("This proposal can no longer be changed: it is now “%(state)s”.")
            % {"state": locked.get_status_display()}
        )
    locked.title, locked.why = _line(title), normalise(why).strip()
    locked.save(update_fields=["title", "why"])
    return locked


@transaction.atomic
def withdraw_proposal(*, proposal: ThemeProposal, actor: "User") -> ThemeProposal:
    """Take a proposal off the board; whoever had ranked it keeps the order of the others, one place higher.

    Raises :class:`core.workflow.TransitionRefusedError` when it was answered or withdrawn already, ``ValidationError``
    when the edition no longer takes changes.
    """
    _check(proposal.organisation, proposal.edition, actor, "write")
    withdrawn = PROPOSAL_WORKFLOW.perform(proposal, "withdraw", actor=actor)
    for rank in ThemeRank.objects.filter(proposal=proposal).select_for_update(of=("self",)):
        later = ThemeRank.objects.filter(
            organisation=rank.organisation_id, edition=rank.edition_id, place__gt=rank.place
        )
        rank.delete()
        later.update(place=F("place") - 1)
    return withdrawn


@transaction.atomic
def rank_themes(
    *, organisation: Organisation, edition: Edition, proposals: Sequence[ThemeProposal], actor: "User"
) -> list[ThemeRank]:
    """Put these proposals in this order, the most wanted first, in place of the former order of the organisation.

    Of two colleagues who rank at once the later wins, whole. Raises as :func:`propose_theme`, and ``ValidationError``
    for more than five, for one named twice and for one that is not on this edition's board.
    """
    _check(organisation, edition, actor, "rank")
    keys = [each.pk for each in proposals]
    if len(keys) > MOST_RANKED or len(set(keys)) < len(keys):
        raise ValidationError(_("Choose at most five themes, each of them once."))
    # Locked now, in one order: the check of the database that they exist would wait for an answer at the very end, when
    # the version of the public data is held already.
    chosen = ThemeProposal.objects.on_the_board().filter(edition=edition, pk__in=keys).order_by("pk")
    locked = chosen.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True)
    if set(locked) != set(keys):
        raise ValidationError(_("A theme that you chose is no longer on the board. Please choose again."))
    ThemeRank.objects.filter(organisation=organisation, edition=edition).delete()
    return ThemeRank.objects.bulk_create(
        ThemeRank(organisation=organisation, edition=edition, proposal_id=key, place=place)
        for place, key in enumerate(keys, start=1)
    )


@transaction.atomic
def answer_proposal(*, proposal: ThemeProposal, answer: Answer, actor: "User") -> ThemeProposal:
    """Take a proposal as a theme, decline it, or take an answer back; its people are told in the same transaction.

    A taken one becomes a theme of the vocabulary and of the videoconferences named, with the reason. Raises
    :class:`core.workflow.TransitionRefusedError` when it was answered or withdrawn in the meantime.
    """
    locked = ThemeProposal.objects.select_for_update(of=("self",)).filter(pk=proposal.pk).first()
    if locked is None:
        raise TransitionRefusedError(_("This record has been deleted in the meantime."))
    reason = normalise(answer.reason).strip()
    is_answer = locked.status == ProposalStatus.PROPOSED
    if answer.step == "take" and is_answer:
        locked.theme = answer.theme or known_theme(locked.title) or _new_theme(locked.title)
    if answer.step in ("take", "decline") and is_answer:
        locked.answer = reason
        locked.save(update_fields=["theme", "answer"])
    answered = PROPOSAL_WORKFLOW.perform(locked, answer.step, actor=actor, reason=reason)
    if answered.theme is not None:
        _put_on_agenda(answered.theme, answer.videoconferences, reason)
    mark = f"{answered.answered_at:%Y%m%d%H%M%S%f}" if answered.answered_at else ""
    theme = answered.theme.name if answered.theme else ""
    for letter in answer_letters(proposal=answered, step=answer.step, reason=reason, theme=theme, mark=mark):
        letter.post()
    return answered


def _new_theme(title: str) -> Theme:
    """A theme of those proposed, in these words."""
    stem = slugify(fold(title))[:36].strip("-") or "tema"
    for number in range(1, 100):
        code = stem if number == 1 else f"{stem}-{number}"
        try:
            with transaction.atomic():
                return Theme.objects.create(code=code, name=title, group=ThemeGroup.PROPOSED, position=_LAST)
        except IntegrityError:
            continue
    raise ValidationError(_("The vocabulary has too many themes of this name."))


def _put_on_agenda(theme: Theme, videoconferences: Sequence[Videoconference], reason: str) -> None:
    for videoconference in videoconferences:
        link, is_new = VideoconferenceTheme.objects.get_or_create(
            videoconference=videoconference, theme=theme, defaults={"reason": reason[:_REASON_LENGTH]}
        )
        if not is_new and not link.reason:
            link.reason = reason[:_REASON_LENGTH]
            link.save(update_fields=["reason"])


def _check(organisation: Organisation, edition: Edition, actor: "User", verb: str) -> None:
    """Who may, and whether the edition still takes it.

    Locks the edition's row, so that changes of its board take turns; answers of staff lock their own proposal only, and
    a lock that lets others point at the row keeps the two from waiting for each other.
    """
    if not actor.has_perm(f"videoconferences.{verb}_themeproposal", organisation):
        raise PermissionDenied(_("Only people of the organisation may do this."))
    locked = Edition.objects.select_for_update(of=("self",), no_key=True).get(pk=edition.pk)
    if locked.status not in OPEN_FOR_THEMES:
        raise ValidationError(_("This edition no longer takes proposals of themes."))
    shown = Organisation.objects.filter(pk=organisation.pk, register_status__in=PUBLIC_STATUSES)
    if not shown.exists():
        raise ValidationError(
            _("The board names organisations that the registry shows; this one it does not.")
        )


def _line(text: str) -> str:
    return " ".join(normalise(text).split())[:_TITLE_LENGTH]
