"""What a reader may say about a public record."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.publicforms import PublicFormMixin
from core.text import normalise
from organisations.choices import ReportReason

MESSAGE_LENGTH = 4000


class ReportForm(PublicFormMixin):
    """What is wrong and how it should be; an e-mail address only when an answer is wanted."""

    reason = forms.ChoiceField(
        label=_("What is wrong"),
        choices=ReportReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong.")},
    )
    message = forms.CharField(
        label=_("What should be put right"),
        help_text=_("Say what is wrong and, if you know, how it should be. Up to 4,000 characters."),
        max_length=MESSAGE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write what should be put right.")},
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("Only if you would like an answer. We keep it for two years at most."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "invalid": _("Write a whole e-mail address, such as name@example.ro, or leave it empty.")
        },
    )

    field_order = ("reason", "message", "email", "site", "opened")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""

    def clean_message(self) -> str:
        """As it is kept; a message of marks that nobody sees is none."""
        message = normalise(self.cleaned_data["message"]).strip()
        if not message:
            raise forms.ValidationError(self.fields["message"].error_messages["required"])
        return message
