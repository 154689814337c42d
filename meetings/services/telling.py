"""Who would be told of a change, and in which words: shown before anything leaves."""

import hashlib
from dataclasses import dataclass

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from core.accounts.choices import Language
from core.messaging.services import preview_message
from core.numerals import format_number
from meetings.choices import MeetingStatus
from meetings.emails.facts import facts_of
from meetings.emails.updates import CANCELLED, CHANGED, POSTPONED
from meetings.models import Meeting, Registration
from meetings.services.planning import MeetingChange, is_told

_KINDS = {"changed": CHANGED, "scheduled": CHANGED, "postponed": POSTPONED, "cancelled": CANCELLED}


@dataclass(frozen=True)
class Telling:
    """The mail that would leave, to how many; ``seal`` stands for exactly this."""

    count: int
    subject: str = ""
    text: str = ""

    @property
    def seal(self) -> str:
        words = "\0".join((str(self.count), self.subject, self.text))
        return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:32]

    @property
    def recipients(self) -> str:
        """To how many it would leave, in words."""
        words = ngettext("%(number)s person", "%(number)s people", self.count)
        return words % {"number": format_number(self.count, get_language() or "ro")}

    @property
    def sentence(self) -> str:
        """To how many it is on its way."""
        return _("A mail is on its way to those who registered: %(people)s.") % {"people": self.recipients}


def told_count(meeting: Meeting) -> int:
    """Everybody with a place or waiting for one."""
    return Registration.objects.active().filter(meeting=meeting).count()


def telling_of_change(meeting: Meeting, change: MeetingChange) -> Telling | None:
    """What leaves when the gathering is changed so; None when nobody is told of such a change."""
    if not is_told(meeting, change):
        return None
    tried = Meeting.objects.get(pk=meeting.pk)
    change.put_in(tried)
    return _telling(tried, "changed")


def telling_of_step(meeting: Meeting, step: str, words: str = "") -> Telling | None:
    """What leaves with a step of the table and these words for everybody; None when the step never sends."""
    told = {"postpone": "postponed", "cancel": "cancelled"}
    if meeting.status == MeetingStatus.POSTPONED:
        told["schedule"] = "scheduled"
    return _telling(meeting, told[step], words) if step in told else None


def _telling(meeting: Meeting, change: str, words: str = "") -> Telling:
    """The mail as somebody with a place gets it in Romanian; nothing is written."""
    count = told_count(meeting)
    if not count:
        return Telling(0)
    language = Language.ROMANIAN
    values = {**facts_of(meeting, language), "words": words}
    mail = preview_message(kind=_KINDS[change], values=values, language=language)
    return Telling(count, mail.subject, mail.text)
