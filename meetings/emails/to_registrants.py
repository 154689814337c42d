"""What the team writes to those who registered, in its own words."""

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext_lazy as _

from core.accounts.choices import Language
from core.messaging.kinds import MailKind, register
from core.messaging.rendering import RenderedMail
from core.messaging.services import preview_message
from core.messaging.services.posting_many import Letter, post_messages
from core.messaging.sheets import Sheets
from core.messaging.wording import Words, faults_in
from meetings.emails.facts import FACTS, facts_of
from meetings.links import registration_url
from meetings.models import Meeting, RegistrantMail, Registration

# Its words are written anew each time; these stand where somebody asks what such a mail looks like.
WRITTEN: Final = register(
    MailKind(
        name="meetings.written",
        label=_("Message of the team to those who registered"),
        subject=_("Message of the team: {meeting}"),
        body=_("Here stands what the team writes each time."),
        placeholders=FACTS,
    )
)


def faults_of_mail(subject: str, text: str) -> list[str]:
    """Why these words cannot be sent; empty when they can."""
    return faults_in(WRITTEN, Words(subject, text))


def preview_written(meeting: Meeting, subject: str, text: str) -> RenderedMail:
    """The mail as somebody gets it in Romanian."""
    language = Language.ROMANIAN
    values = facts_of(meeting, language)
    return preview_message(kind=WRITTEN, values=values, language=language, words=Words(subject, text))


def mail_key(mail: RegistrantMail) -> str:
    """What the keys of the messages of this mail begin with."""
    return f"{WRITTEN.name}:{mail.pk}:"


def written_sheets(mail: RegistrantMail, language: str) -> Sheets:
    return Sheets(Words(mail.subject, mail.text), facts_of(mail.meeting, language), language)


def post_written(mail: RegistrantMail, registrations: Sequence[Registration], sheets: Sheets) -> None:
    """Writes it to each of these, who read the language of ``sheets``, once however often it is called."""
    letters = [
        Letter(
            key=f"{mail_key(mail)}{each.pk}",
            to=each.email,
            user_id=each.user_id,
            about=each,
            links={"link": registration_url(each)},
        )
        for each in registrations
    ]
    post_messages(kind=WRITTEN, letters=letters, sheets=sheets)
