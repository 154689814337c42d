"""What is typed on the day of a gathering: one's address, who came without registration, a report, a question."""

import uuid
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from core.publicforms import PublicFormMixin
from core.territory.selectors import county_by_code
from core.text import normalise
from meetings.choices import NO_ADDRESS
from meetings.forms.public_registration import FROM_ONE_NETWORK, RegistrationForm
from meetings.forms.registration import ParticipantForm

QUESTION_LENGTH: Final = 1000
_NOT_ASKED: Final = ("themes_proposed", "locality", "uat", "language", "organisation")


class CheckInForm(PublicFormMixin):
    """The address with which somebody registered."""

    sent_per_hour = FROM_ONE_NETWORK

    email = forms.EmailField(
        label=_("The e-mail address with which you registered"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("Write a whole e-mail address, such as name@example.ro."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""


class _ShortMixin(ParticipantForm):
    """Only what participants are counted by; the rest is as of somebody who wrote nothing."""

    def _shorten(self) -> None:
        for name in _NOT_ASKED:
            del self.fields[name]
        self.fields["county"].required = False

    def said(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        named = {name: cleaned[name] for name in ("name", "participant_type", "sector", "level")}
        return {
            **named,
            "organisation_name": cleaned["organisation_name"],
            "county": county_by_code(cleaned["county"]),
            "language": str(self.initial.get("language") or "ro"),
        }


class OnTheDayForm(_ShortMixin, RegistrationForm):
    """Somebody who is there and did not register says who they are."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, is_sent=True, **kwargs)
        self._shorten()


class AddPersonForm(_ShortMixin):
    """The team writes down somebody who came without registration; the address may be unknown."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("If it is known. An address that is registered is ticked, and nothing else is changed."),
        required=False,
        max_length=254,
        error_messages={"invalid": _("Write a whole e-mail address, such as name@example.ro.")},
    )

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._shorten()
        self.order_fields(["name", "email"])
        self.fields["participant_type"].label = _("Takes part as")
        self.fields["level"].help_text = _("How far what the person speaks for reaches.")
        self.fields["organisation_name"].help_text = _("Empty for somebody who came in their own name.")

    @property
    def address(self) -> str:
        """What was typed, else one that can receive nothing."""
        return self.cleaned_data["email"] or f"{uuid.uuid4().hex}{NO_ADDRESS}"


class ReportForm(forms.Form):
    """The file of a platform."""

    file = forms.FileField(
        label=_("Attendance report"),
        help_text=_("A CSV file of Zoom, Microsoft Teams or Webex, just as it was downloaded, up to 10 MB."),
        allow_empty_file=True,
        error_messages={"required": _("Choose the file.")},
    )

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > 10 * 1024 * 1024:
            raise forms.ValidationError(_t("The file is larger than %(most)d MB.") % {"most": 10})
        return file


class QuestionForm(forms.Form):
    """A question for those who speak."""

    text = forms.CharField(
        label=_("Your question"),
        help_text=_("The team reads it first; it is shown without your name. Up to 1,000 characters."),
        max_length=QUESTION_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write your question.")},
    )

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""

    def clean_text(self) -> str:
        text = normalise(self.cleaned_data["text"]).strip()
        if not text:
            raise forms.ValidationError(self.fields["text"].error_messages["required"])
        return text
