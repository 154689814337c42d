"""How the organisation is reached, and who coordinates its volunteers."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from organisations.checks import checked_contact
from organisations.choices import ContactKind
from organisations.questions.base import Line, StepForm


def _checked(kind: str, name: str) -> Callable[[forms.Form], str]:
    def clean(self: forms.Form) -> str:
        value: str = self.cleaned_data[name]
        return checked_contact(kind, value) if value else ""

    return clean


class ContactsForm(StepForm):
    """One contact of each kind, each public only where the organisation says so."""

    key = "contacts"
    word = "contacte"
    label = _("Contacts")
    heading = _("How can people reach you?")
    lead = _("What you do not tick stays with the programme's team.")
    template = "organisations/enrolment/contacts.html"

    email = Line(
        label=_("E-mail address of the organisation"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Write an e-mail address, so that the team can reach you.")},
    )
    email_public = forms.BooleanField(label=_("Show the e-mail address on our page"), required=False)
    phone = Line(
        label=_("Phone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    phone_public = forms.BooleanField(label=_("Show the phone number on our page"), required=False)
    website = Line(
        label=_("Website or social page"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "url"}),
    )
    website_public = forms.BooleanField(label=_("Show the website on our page"), required=False)
    address = Line(
        label=_("Postal address"), help_text=_("Street, number, postal code."), max_length=300, required=False
    )
    address_public = forms.BooleanField(label=_("Show the postal address on our page"), required=False)

    clean_email = _checked(ContactKind.EMAIL, "email")
    clean_phone = _checked(ContactKind.PHONE, "phone")
    clean_website = _checked(ContactKind.WEBSITE, "website")

    def reading(self) -> list[tuple[str, str]]:
        rows = []
        for kind in ("email", "phone", "website", "address"):
            value = str(self[kind].value() or "").strip()
            shown = _t("shown to everybody") if self[f"{kind}_public"].value() else _t("for the team only")
            rows.append((str(self[kind].label), f"{value} ({shown})" if value else ""))
        return rows


class CoordinatorForm(StepForm):
    """The coordinator of volunteers, if there is one."""

    key = "coordinator"
    word = "coordonator"
    label = _("Coordinator")
    heading = _("Who coordinates the volunteers?")
    lead = _(
        "The coordinator of volunteers of Legea 78/2014, if you have one. Write only with their agreement."
    )
    optional = True

    name = Line(label=_("Name"), max_length=150, required=False, letters=True)
    email = Line(label=_("E-mail address"), max_length=254, required=False, widget=forms.EmailInput)
    phone = Line(
        label=_("Phone"), max_length=20, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )
    is_public = forms.BooleanField(
        label=_("Show the coordinator on our page"),
        help_text=_("Only with the person's agreement."),
        required=False,
    )

    clean_email = _checked(ContactKind.EMAIL, "email")
    clean_phone = _checked(ContactKind.PHONE, "phone")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("name") and (cleaned.get("email") or cleaned.get("phone")):
            self.add_error("name", ValidationError(_t("Write the name of the coordinator too.")))
        return cleaned
