"""Sections of the profile that are no step of an enrolment: other names, the logo."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.images import Picture, redraw
from organisations.questions.base import StepForm
from organisations.questions.identity import IdentityForm
from organisations.questions.people import ContactsForm, CoordinatorForm
from organisations.questions.place import ActivityForm
from organisations.questions.work import BeneficiariesForm, DomainsForm


class NamesForm(StepForm):
    """Names by which people look for the organisation, one a line."""

    key = "names"
    word = "nume"
    label = _("Other names")
    heading = _("By which other names are you known?")

    names = forms.CharField(
        label=_("Other names"),
        help_text=_("Acronyms, spellings, names in other languages. One on each line."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean_names(self) -> list[str]:
        self.cleaned_data["aliases"] = self.cleaned_data["names"]
        return IdentityForm.clean_aliases(self)  # type: ignore[arg-type]


class LogoForm(forms.Form):
    """A picture, checked by what it holds and drawn again; or none."""

    use_required_attribute = False

    logo = forms.FileField(
        label=_("Picture"),
        help_text=_("PNG, JPEG or WebP, at most 2 MB. The portal draws it again, at most 800 pixels wide."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
        error_messages={"required": _("Choose a picture first."), "empty": _("The file is empty.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""

    def clean_logo(self) -> Picture:
        file = self.cleaned_data["logo"]
        return redraw(file, size=file.size)


# In the order of the page.
SECTIONS: dict[str, type[StepForm]] = {
    form.word: form
    for form in (DomainsForm, BeneficiariesForm, ActivityForm, ContactsForm, CoordinatorForm, NamesForm)
}
