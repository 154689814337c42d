"""Who the organisation is: its names and legal form, and the numbers by which registers know it."""

import re
from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from core.text import fold, normalise
from organisations.checks import normalised_cui
from organisations.choices import LegalForm
from organisations.questions.base import Line, StepForm

MOST_ALIASES = 20
# Forms that host volunteers in Romania (Legea 78/2014, art. 3 c); companies and forms of other countries do not enrol.
FORMS = (
    LegalForm.ASSOCIATION,
    LegalForm.FOUNDATION,
    LegalForm.FEDERATION,
    LegalForm.UNION,
    LegalForm.BRANCH,
    LegalForm.FOREIGN,
    LegalForm.SOCIAL_ENTERPRISE,
    LegalForm.ASSOCIATIVE_STRUCTURE,
    LegalForm.COUNTY_COUNCIL,
    LegalForm.TOWN_HALL,
    LegalForm.PUBLIC_INSTITUTION,
    LegalForm.SCHOOL,
    LegalForm.CHURCH,
    LegalForm.INFORMAL,
)
# Forms whose name the courts enter under OG 26/2000.
_NAMED_BY_COURTS = (LegalForm.ASSOCIATION, LegalForm.FOUNDATION, LegalForm.FEDERATION, LegalForm.UNION)
_RESERVED_WORD = re.compile(
    r"\bnational(a|e|i|ul|ului|ei|ilor)?\b"
    r"|\broman(a|e|i|ia|iei|ul|ului|ei|ilor|elor|easca|esc|esti|esc)?\b"
)


class IdentityForm(StepForm):
    """Names and legal form."""

    key = "identity"
    word = "identitate"
    label = _("Identity")
    heading = _("What is your organisation called?")

    legal_name = Line(
        label=_("Legal name"),
        help_text=_("As in the statute or in the court's decision, in full."),
        max_length=300,
        letters=True,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    public_name = Line(
        label=_("Public name"),
        help_text=_("The name that people use, when it differs from the legal one."),
        max_length=300,
        required=False,
        letters=True,
    )
    acronym = Line(label=_("Acronym"), max_length=60, required=False)
    aliases = forms.CharField(
        label=_("Other names"),
        help_text=_("By which people may look for you: former names, spellings. One on each line."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    legal_form = forms.ChoiceField(
        label=_("Legal form"),
        choices=[("", _("Choose")), *((each.value, each.label) for each in FORMS)],
    )

    def clean_aliases(self) -> list[str]:
        names = [" ".join(normalise(line).split()) for line in self.cleaned_data["aliases"].splitlines()]
        names = list(dict.fromkeys(name for name in names if name))
        if len(names) > MOST_ALIASES:
            raise ValidationError(_t("Write at most %(most)d other names.") % {"most": MOST_ALIASES})
        for name in names:
            if len(name) > 300:
                raise ValidationError(
                    _t("“%(start)s…” is too long for a name: at most 300 characters.") % {"start": name[:40]}
                )
        return names

    def notes(self) -> Iterable[str]:
        """OG 26/2000, art. 7 (3²): some words need the agreement of the SGG."""
        form = self["legal_form"].value()
        if form in _NAMED_BY_COURTS and _RESERVED_WORD.search(fold(str(self["legal_name"].value() or ""))):
            yield _t(
                "The name holds “național”, “român” or a word made of them. For such a name the law asks for the prior "
                "agreement of the General Secretariat of the Government (OG 26/2000, art. 7 (3²)). If you have it, "
                "there is nothing to do here; the team may ask you for its number."
            )


class RegistrationForm(StepForm):
    """Numbers in registers; only informal groups have none."""

    key = "registration"
    word = "inregistrare"
    label = _("Registration")
    heading = _("How is it registered?")
    lead = _("You find these numbers on the fiscal registration certificate and in the court's decision.")

    cui = Line(
        label=_("CUI"),
        help_text=_(
            "The fiscal identification code, with or without RO, for example 18547290. "
            "Informal groups have none and leave it empty."
        ),
        max_length=24,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": _(
                "Write the CUI. Only an informal group has none: then say so at the legal form. A branch, a centre or "
                "a programme without a CUI of its own is not enrolled apart: the organisation it belongs to is."
            )
        },
    )
    national_register_number = Line(
        label=_("Number in the National Register of NGOs"),
        help_text=_("As in 123/A/2020."),
        required=False,
        max_length=60,
    )
    court_register_number = Line(
        label=_("Number in the court's register"),
        help_text=_("In the Register of associations and foundations of the court."),
        required=False,
        max_length=60,
    )
    court_register_date = forms.DateField(
        label=_("Date in the court's register"),
        required=False,
        input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("Write the date as 31.12.2020.")},
    )
    court = Line(
        label=_("Court"), help_text=_("For example Judecătoria Iași."), required=False, max_length=120
    )
    needs_no_cui: ClassVar[tuple[str, ...]] = (LegalForm.INFORMAL,)

    def prepare(self) -> None:
        form = self.answers.get("identity", {}).get("legal_form")
        self.fields["cui"].required = form not in self.needs_no_cui

    def clean_cui(self) -> str:
        return normalised_cui(self.cleaned_data["cui"])

    def clean_court_register_date(self) -> Any:
        day = self.cleaned_data["court_register_date"]
        if day and not 1850 < day.year <= timezone.localdate().year:
            raise ValidationError(_t("This date cannot be right: check the year."))
        return day
