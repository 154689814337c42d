"""Messages about to leave, as the page of a step shows them."""

from collections.abc import Iterable

from core.admin.step_form import ShownMail
from core.messaging.admin.outbox import mail_frame
from organisations.emails.letter import Letter


def shown(letters: Iterable[Letter]) -> list[ShownMail]:
    """Each message drawn by what will send it."""
    mails = []
    for letter in letters:
        drawn = letter.preview()
        mails.append(ShownMail(letter.recipient, drawn.subject, drawn.text, mail_frame(drawn.html)))
    return mails
