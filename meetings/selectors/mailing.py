"""To whom of those who registered a message of the team goes, and what became of it."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from core.messaging.choices import STOPPED_STATUSES, MessageStatus
from core.messaging.models import Message
from meetings.choices import NO_ADDRESS, RegistrantGroup, RegistrationStatus
from meetings.emails.to_registrants import WRITTEN, mail_key
from meetings.models import Meeting, RegistrantMail, Registration

# How the addresses of erased people end (``meetings.services.forgetting``).
_FORGOTTEN = "@uitat.invalid"


def registrations_in(meeting: Meeting, groups: Collection[str]) -> QuerySet[Registration]:
    """Those in any of the groups, each address once; whoever withdrew and came back has not withdrawn.

    Rows whose person was erased are left out.
    """
    has_place = Q(status=RegistrationStatus.CONFIRMED)
    active = Registration.objects.active().filter(meeting=meeting, email=OuterRef("email"))
    chosen = {
        RegistrantGroup.CONFIRMED: has_place,
        RegistrantGroup.WAITING: Q(status=RegistrationStatus.WAITING),
        RegistrantGroup.CANCELLED: Q(status=RegistrationStatus.CANCELLED) & ~Q(Exists(active)),
        RegistrantGroup.PRESENT: Q(attendance__isnull=False),
        RegistrantGroup.ABSENT: has_place & Q(attendance__isnull=True),
    }
    wanted = Q(pk__in=[])
    for group in groups:
        wanted |= chosen[RegistrantGroup(group)]
    found = Registration.objects.filter(wanted, meeting=meeting).exclude(
        Q(email__endswith=_FORGOTTEN) | Q(email__endswith=NO_ADDRESS)
    )
    newest = found.order_by().values("email").annotate(newest=Max("pk")).values("newest")
    return Registration.objects.filter(pk__in=newest).order_by("pk")


def group_numbers(meeting: Meeting) -> dict[str, int]:
    """How many are in each group."""
    return {group: registrations_in(meeting, [group]).count() for group in RegistrantGroup.values}


@dataclass(frozen=True)
class SentMail:
    """A mail of the team with what became of its messages."""

    mail: RegistrantMail
    groups: list[str]
    written: int
    sent: int
    stopped: int

    @property
    def waiting(self) -> int:
        return self.written - self.sent - self.stopped


def sent_mails(meeting: Meeting) -> list[SentMail]:
    """The newest first, 50 at most."""
    mails = list(RegistrantMail.objects.filter(meeting=meeting).select_related("written_by")[:50])
    return [_sent(mail) for mail in mails]


def _sent(mail: RegistrantMail) -> SentMail:
    rows = Message.objects.filter(kind=WRITTEN.name, key__startswith=mail_key(mail)).order_by()
    states = Counter(dict(rows.values_list("status").annotate(number=Count("pk"))))
    return SentMail(
        mail=mail,
        groups=[str(RegistrantGroup(group).label) for group in mail.statuses],
        written=sum(states.values()),
        sent=states[MessageStatus.SENT],
        stopped=sum(states[status] for status in STOPPED_STATUSES),
    )
