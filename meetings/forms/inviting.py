"""What whoever invites types: own words, addresses one by one or many lines at once."""

import io
from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from core.sheets import SheetError, read_sheet
from core.text import normalise
from meetings.selectors.authorities import Authority
from meetings.services.addresses import AddressLine, Reading, read_lines

MOST_WORDS: Final = 4000
MOST_PASTED: Final = 300_000


class WordsForm(forms.Form):
    """The inviter's own words, beside those of the mail."""

    words = forms.CharField(
        label=_("Your own words"),
        help_text=_("They stand at the beginning of the mail. Up to 4,000 characters; may stay empty."),
        max_length=MOST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""

    def clean_words(self) -> str:
        return normalise(self.cleaned_data["words"]).replace("\r\n", "\n").strip()


class AddressForm(forms.Form):
    """The address of one authority; empty takes it away."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_(
            "The official address of the authority. It is used for invitations alone and never shown."
        ),
        max_length=254,
        required=False,
        error_messages={"invalid": _("Write a whole e-mail address, such as name@example.ro.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""


class LinesForm(forms.Form):
    """Many addresses: pasted, or in a CSV or XLSX file."""

    lines = forms.CharField(
        label=_("Lines"),
        help_text=_(
            "One a line: SIRUTA code or name; address. For example: 40205; primaria@example.ro. Where several are "
            "called the same, write the county too: Name; County; address."
        ),
        max_length=MOST_PASTED,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    file = forms.FileField(
        label=_("Or a file"),
        help_text=_("CSV or XLSX with the same columns."),
        required=False,
        allow_empty_file=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        pasted = normalise(cleaned.get("lines") or "").strip()
        file = cleaned.get("file")
        if self.errors:
            return cleaned
        if not pasted and not file:
            raise forms.ValidationError(_t("Paste lines, or choose a file."))
        try:
            source = file or io.BytesIO(pasted.encode("utf-8"))
            cleaned["table"] = [
                AddressLine(line.number, [normalise(cell).strip() for cell in line.cells])
                for line in read_sheet(source).lines
            ]
        except SheetError as fault:
            raise forms.ValidationError(str(fault)) from None
        return cleaned

    def reading(self, among: Sequence[Authority]) -> Reading:
        """The lines set beside these authorities."""
        return read_lines(self.cleaned_data["table"], among)
