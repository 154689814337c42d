"""What the team writes to those who registered."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.text import normalise
from meetings.choices import RegistrantGroup
from meetings.emails.to_registrants import faults_of_mail


class RegistrantMailForm(forms.Form):
    """To whom, and the words; they may name what the mails of the portal know."""

    groups = forms.MultipleChoiceField(
        label=_("To those who"),
        choices=RegistrantGroup.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose to whom it goes.")},
    )
    subject = forms.CharField(
        label=_("Subject"), max_length=200, error_messages={"required": _("Write the subject.")}
    )
    text = forms.CharField(
        label=_("Text"),
        help_text=_(
            "Paragraphs are parted by an empty line; **bold**, lists with a hyphen, [words](address) for a link. These "
            "are filled in for each person: {meeting} (which gathering), {when}, {where}, {page} (address of the "
            "gathering) and {link} (address of their registration). Greeting and signature come by themselves."
        ),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": _("Write the text.")},
    )

    def __init__(self, *args: Any, numbers: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["groups"].choices = [  # type: ignore[attr-defined]
            (value, f"{label} ({numbers.get(value, 0)})") for value, label in RegistrantGroup.choices
        ]

    def clean_subject(self) -> str:
        return " ".join(normalise(self.cleaned_data["subject"]).split())

    def clean_text(self) -> str:
        return normalise(self.cleaned_data["text"]).replace("\r\n", "\n").strip()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ("subject", "text"):
            words = cleaned.get(name)
            if words is not None:
                for fault in faults_of_mail(words, "") if name == "subject" else faults_of_mail("", words):
                    self.add_error(name, fault)
            elif name in cleaned:
                self.add_error(name, self.fields[name].error_messages["required"])
        return cleaned
