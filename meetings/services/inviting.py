"""Inviting, reminding, answering: each address is asked once for one gathering."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import ngettext

from core.accounts.models import User
from core.jobs import start_job
from core.jobs.models import Job
from core.jobs.running import JobFailedError, Outcome, Run
from meetings.choices import RegistrationSource, Reply
from meetings.emails.invitations import post_invitations
from meetings.models import InvitationRound, Invitee, Meeting, Registration
from meetings.selectors.invitations import Recipient, invitation_plan, why_not_now
from meetings.selectors.replies import awaited
from meetings.selectors.scopes import Scope
from meetings.services.places import lock_meeting
from meetings.services.registration import RegistrationClosedError, RegistrationEntry, register_participant

if TYPE_CHECKING:
    from core.accounts.models import ConsentText
    from organisations.models import AssociativeStructure

JOB: Final = "meetings.invite"
BATCH: Final = 250
# A round that was begun and not ended holds back another of the same kind for so long at most.
_TAKEN_UP: Final = timedelta(days=1)


class InvitationRefusedError(Exception):
    """Nobody can be invited, or answer, now; the text says why, to the person."""


@transaction.atomic
def start_round(
    *,
    meeting: Meeting,
    structure: "AssociativeStructure | None",
    words: str,
    actor: User,
    reminds: bool = False,
) -> Job:
    """Writes the round and begins to send it in the background; pressed twice it is one, whose job is returned.

    Raises :class:`InvitationRefusedError` when the gathering is not announced, has begun or was cancelled.
    """
    locked = lock_meeting(meeting)
    if reason := why_not_now(locked):
        raise InvitationRefusedError(reason)
    begun = InvitationRound.objects.filter(
        meeting=locked,
        structure=structure,
        reminds=reminds,
        sent_at=None,
        created_at__gt=timezone.now() - _TAKEN_UP,
    )
    jobs = Job.objects.under_way().filter(
        kind=JOB, arguments__round__in=list(begun.values_list("pk", flat=True))
    )
    if job := jobs.first():
        return job
    round_ = InvitationRound.objects.create(
        meeting=locked, structure=structure, words=words, sent_by=actor, reminds=reminds
    )
    return start_job(JOB, owner=actor, arguments={"round": round_.pk})


def send_round(run: Run, *, round: int) -> Outcome:
    """Writes the mails of a round into the outbox, a transaction a batch; begun again, it goes on where it was.

    It stops when the gathering is cancelled, postponed or begins meanwhile.
    """
    round_ = InvitationRound.objects.select_related("meeting", "structure").get(pk=round)
    written = _remind(run, round_) if round_.reminds else _invite(run, round_)
    InvitationRound.objects.filter(pk=round_.pk, sent_at=None).update(sent_at=timezone.now())
    words = ngettext(
        "%(number)d mail was written and leaves now.", "%(number)d mails were written and leave now.", written
    )
    return Outcome(words % {"number": written})


def _invite(run: Run, round_: InvitationRound) -> int:
    recipients = invitation_plan(round_.meeting, Scope(round_.structure)).recipients
    done = round_.invitees.exclude(message=None).count()
    total = done + len(recipients)
    for start in range(0, len(recipients), BATCH):
        run.progress(done, total=total)
        _may_go_on(round_)
        done += _invite_batch(round_, recipients[start : start + BATCH])
    return done


@transaction.atomic
def _invite_batch(round_: InvitationRound, recipients: Sequence[Recipient]) -> int:
    """Rows and mails together, so that a worker that dies between them leaves neither."""
    Invitee.objects.bulk_create(
        [
            Invitee(
                round=round_,
                meeting_id=round_.meeting_id,
                name=each.name,
                email=each.email,
                county_id=each.county_id,
                uat_id=each.uat_id,
                organisation_id=each.organisation_id,
            )
            for each in recipients
        ],
        ignore_conflicts=True,
    )
    emails = [each.email for each in recipients]
    return _post(round_, list(round_.invitees.filter(email__in=emails, message=None).order_by("pk")))


def _remind(run: Run, round_: InvitationRound) -> int:
    """Those who have not answered and were last written to days ago; each mail moves them out of that list."""
    done, total = 0, awaited(round_.meeting, Scope(round_.structure)).count()
    while True:
        run.progress(done, total=total)
        _may_go_on(round_)
        written = _remind_batch(round_)
        if not written:
            return done
        done += written


@transaction.atomic
def _remind_batch(round_: InvitationRound) -> int:
    found = awaited(round_.meeting, Scope(round_.structure)).order_by("pk")
    keys = list(found.values_list("pk", flat=True)[:BATCH])
    # Behind the lock an answer that came meanwhile is seen.
    locked = Invitee.objects.select_for_update().filter(pk__in=keys, reply=Reply.NONE).order_by("pk")
    written = _post(round_, list(locked))
    return written or (_remind_batch(round_) if keys and found.exists() else 0)


def _post(round_: InvitationRound, invitees: Sequence[Invitee]) -> int:
    if not invitees:
        return 0
    addresses = [each.email for each in invitees]
    accounts = {
        email.lower(): pk
        for email, pk in User.objects.filter(email__in=addresses, is_active=True).values_list("email", "pk")
    }
    messages = post_invitations(round_, invitees, accounts)
    for each in invitees:
        each.message_id = messages[each.pk]
    Invitee.objects.bulk_update(invitees, ["message"])
    return len(invitees)


def _may_go_on(round_: InvitationRound) -> None:
    if reason := why_not_now(Meeting.objects.get(pk=round_.meeting_id)):
        raise JobFailedError(reason)


@transaction.atomic
def answer_invitation(*, invitee: Invitee, reply: Reply) -> Invitee:
    """Keeps the answer; it may be changed until the gathering begins. Raises :class:`InvitationRefusedError`."""
    locked = Invitee.objects.select_for_update().get(pk=invitee.pk)
    if reason := why_not_now(locked.meeting):
        raise InvitationRefusedError(reason)
    if locked.reply != reply:
        locked.reply, locked.replied_at = reply, timezone.now()
        locked.save(update_fields=["reply", "replied_at"])
    return locked


@transaction.atomic
def register_invited(*, invitee: Invitee, entry: RegistrationEntry, text: "ConsentText") -> Registration:
    """Registers whoever was invited, or whom they send; the answer is then that they come.

    The address that was written to is known, since its link was pressed; another one has to be confirmed. Raises
    :class:`RegistrationClosedError` when registration is not open.
    """
    registration = register_participant(
        meeting=invitee.meeting,
        entry=entry,
        source=RegistrationSource.INVITATION,
        address_is_known=entry.email.strip().lower() == invitee.email,
        text=text,
    )
    locked = Invitee.objects.select_for_update().get(pk=invitee.pk)
    locked.reply, locked.replied_at, locked.registration = Reply.COMING, timezone.now(), registration
    locked.save(update_fields=["reply", "replied_at", "registration"])
    return registration


__all__ = [
    "InvitationRefusedError",
    "RegistrationClosedError",
    "answer_invitation",
    "register_invited",
    "send_round",
    "start_round",
]
