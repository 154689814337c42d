"""What a step of a workflow asks before it is made, and the messages that it shows before they leave."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget


@dataclass(frozen=True)
class ShownMail:
    """A message exactly as it will leave: to whom, what is on its envelope and in it."""

    recipient: str
    subject: str
    text: str
    # The message as mail programs draw it, in a frame; it says what ``text`` says.
    drawing: str = ""


def seal(mails: Iterable[ShownMail]) -> str:
    """A mark of what was shown; the same messages have the same mark, one changed letter gives another."""
    mark = sha256()
    for mail in mails:
        for part in (mail.recipient, mail.subject, mail.text):
            mark.update(part.encode("utf-8", "replace") + b"\0")
    return mark.hexdigest()


class StepForm(forms.Form):
    """Why the step is made; kept in the record's history, and in the message where one leaves."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        required=False,
        strip=True,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 4}),
        help_text=_("It stays in the record's history, where the other members of staff can read it."),
    )

    def __init__(self, *args: Any, needs_reason: bool, in_mail: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Whether the message tells what is typed here.
        self.in_mail = in_mail
        self.fields["reason"].required = needs_reason
        if needs_reason:
            self.fields["reason"].error_messages["required"] = _("Please write the reason.")
        if in_mail:
            self.fields["reason"].help_text = _(
                "It stands in the message that leaves, word for word, and stays in the record's history."
            )

    def full_reason(self) -> str:
        """The reason as it is kept; a form that asks more joins it here."""
        return str(self.cleaned_data.get("reason", ""))
