"""The morning's list of work for the registry's team: on working days, once a person, never when nothing waits."""

from datetime import datetime, time

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from core.accounts.models import User
from core.workdays import BUCHAREST, is_working_day
from organisations.emails.kinds_of_moderation import READERS_OF_DIGEST
from organisations.emails.moderation import digest_letter
from organisations.selectors.moderation import DECIDED_WITHIN, Counts, count_work

# A run that was missed yesterday is made up for when the scheduler starts again, which may be at night.
NOT_BEFORE = time(7, 55)


def send_digest(*, now: datetime) -> int:
    """Writes today's list for each member of the team who may decide; returns how many people have it.

    Nothing is written on weekends and public holidays, before 8 in the morning of Bucharest, or when nothing waits.
    A second run on the same day writes nothing new. Whoever switched the messages off has it as cancelled.
    """
    local = now.astimezone(BUCHAREST)
    if not is_working_day(local.date()) or local.time() < NOT_BEFORE:
        return 0
    counts = count_work(now)
    if not counts.total:
        return 0
    people = User.objects.active().holding(*READERS_OF_DIGEST).order_by("pk")
    for person in people:
        with override(person.language):
            lines, total = digest_lines(counts), _total(counts)
        digest_letter(person=person, day=local.date(), total=total, lines=lines).post()
    return len(people)


def digest_lines(counts: Counts) -> list[str]:
    """A sentence for each kind of work that waits."""
    lines = []
    if counts.waiting:
        line = ngettext(
            "%(count)d request waits for a decision", "%(count)d requests wait for a decision", counts.waiting
        ) % {"count": counts.waiting}
        lines.append(line + _overdue(counts.overdue))
    if counts.reports:
        line = ngettext(
            "%(count)d report of a reader waits", "%(count)d reports of readers wait", counts.reports
        ) % {"count": counts.reports}
        lines.append(line + _overdue(counts.overdue_reports))
    return lines


def _overdue(count: int) -> str:
    if not count:
        return "."
    return _(", %(count)d of them for more than %(days)d working days.") % {
        "count": count,
        "days": DECIDED_WITHIN,
    }


def _total(counts: Counts) -> str:
    return ngettext("%(count)d thing to decide", "%(count)d things to decide", counts.total) % {
        "count": counts.total
    }
