"""What is typed after a gathering: recording, materials, what people thought of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from core.text import normalise
from core.uploads import validate_document


class RecordingForm(forms.Form):
    """Address and transcript; one without the other is no recording that everybody can follow."""

    url = forms.URLField(
        label=_("Address of the recording"),
        help_text=_("Empty it to take the recording away."),
        required=False,
        max_length=200,
        error_messages={"invalid": _("Write a whole address, beginning with https://.")},
    )
    transcript = forms.CharField(
        label=_("Transcript"),
        help_text=_(
            "What is said, in writing, for those who cannot hear it. Without it the recording is not shown."
        ),
        required=False,
        max_length=500_000,
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    recording_is_public = forms.BooleanField(
        label=_("Show it to everybody, not to participants alone"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        if url and not url.startswith(("https://", "http://")):
            raise forms.ValidationError(self.fields["url"].error_messages["invalid"])
        return url

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["transcript"] = normalise(cleaned.get("transcript") or "").replace("\r\n", "\n").strip()
        if cleaned.get("url") and not cleaned["transcript"] and "transcript" not in self.errors:
            self.add_error("transcript", _t("Write the transcript: the recording is shown only with it."))
        return cleaned


class NewMaterialForm(forms.Form):
    """A file or an address."""

    title = forms.CharField(
        label=_("Title"), max_length=200, error_messages={"required": _("Write the title.")}
    )
    file = forms.FileField(
        label=_("File"), help_text=_("PDF, DOCX, XLSX, ODT, ODS, CSV or TXT; at most 10 MB."), required=False
    )
    address = forms.URLField(label=_("Or an address"), required=False, max_length=200)
    is_public = forms.BooleanField(
        label=_("Show it to everybody, not to participants alone"), required=False, initial=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""

    def clean_title(self) -> str:
        title = " ".join(normalise(self.cleaned_data["title"]).split())
        if not title:
            raise forms.ValidationError(self.fields["title"].error_messages["required"])
        return title

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file:
            validate_document(file)
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        given = [bool(cleaned.get("file")), bool(cleaned.get("address"))]
        if not self.errors and sum(given) != 1:
            self.add_error("file", _t("Give either a file or an address."))
        return cleaned


_MARKS = [
    ("5", _("5 – very much")),
    ("4", _("4 – much")),
    ("3", _("3 – fairly")),
    ("2", _("2 – little")),
    ("1", _("1 – not at all")),
]
_HOW_WELL = [
    ("5", _("5 – very well")),
    ("4", _("4 – well")),
    ("3", _("3 – acceptably")),
    ("2", _("2 – poorly")),
    ("1", _("1 – very poorly")),
]


class FeedbackForm(forms.Form):
    """Two marks and two texts."""

    usefulness = forms.TypedChoiceField(
        label=_("How useful was it to you?"),
        choices=_MARKS,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the five.")},
    )
    organisation = forms.TypedChoiceField(
        label=_("How well was it organised?"),
        choices=_HOW_WELL,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the five.")},
    )
    learned = forms.CharField(
        label=_("What do you take with you?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    improve = forms.CharField(
        label=_("What should be better next time?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""

    def clean_learned(self) -> str:
        return normalise(self.cleaned_data["learned"]).replace("\r\n", "\n").strip()

    def clean_improve(self) -> str:
        return normalise(self.cleaned_data["improve"]).replace("\r\n", "\n").strip()
