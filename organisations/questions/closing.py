"""What ends a request: the logo, the declaration, and why somebody claims a record."""

from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from core.accounts.services.consents import current_text
from organisations.consents import ENROLMENT
from organisations.questions.base import StepForm, Text


class LogoForm(StepForm):
    """The picture itself is kept with the request, not among the answers."""

    key = "logo"
    word = "sigla"
    label = _("Logo")
    heading = _("Your logo")
    template = "organisations/enrolment/logo.html"
    optional = True

    logo = forms.FileField(
        label=_("Picture"),
        help_text=_(
            "PNG, JPEG or WebP, 2 MB at most. We draw it again at 800 pixels and keep nothing else of the file."
        ),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )

    @classmethod
    def fields_kept(cls) -> Iterable[str]:
        return ()

    def reading(self) -> list[tuple[str, str]]:
        """The page shows the picture."""
        return []


class ConsentForm(StepForm):
    """The declaration, word by word as it was shown: a later version asks again."""

    key = "consent"
    word = "declaratie"
    label = _("Declaration")
    heading = _("Your declaration")
    template = "organisations/enrolment/consent.html"

    agree = forms.BooleanField(
        label=_("I agree"),
        error_messages={"required": _("Without the declaration the request cannot be lodged.")},
    )
    version = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)

    def prepare(self) -> None:
        self.text = current_text(ENROLMENT.key)
        self.fields["version"].initial = str(self.text.version)

    def clean_version(self) -> str:
        version = str(self.cleaned_data["version"])
        # Whoever has not agreed yet is asked for that alone.
        if "agree" in self.cleaned_data and version != str(self.text.version):
            raise ValidationError(
                _t("The words of the declaration have changed. Please read and agree again.")
            )
        return version

    def reading(self) -> list[tuple[str, str]]:
        if not self.is_bound or not self["agree"].value():
            return [(_t("Declaration"), "")]
        return [
            (_t("Declaration"), _t("agreed to, version %(number)s") % {"number": self["version"].value()})
        ]


class ClaimForm(StepForm):
    """Why the person speaks for an organisation that is in the registry already."""

    key = "claim"
    word = "motiv"
    label = _("Claim")
    heading = _("Say that you speak for this organisation")

    why = Text(
        label=_("How can we see that you act for it?"),
        help_text=_(
            "For example: you are its legal representative as in the National Register, or you write from an address "
            "of its own domain. The team may ask you for a document. Up to 2,000 characters."
        ),
        max_length=2000,
        min_length=20,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": _("Write in a few words how you act for the organisation."),
            "min_length": _("Please write a little more: the team decides by what stands here."),
        },
    )
