"""What the organisation does, and for whom."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from organisations.models import BeneficiaryGroup, Domain, SustainableGoal
from organisations.questions.base import StepForm, Text

MOST_DOMAINS = 8


def terms(found: QuerySet[Any]) -> list[tuple[str, str]]:
    """Code and label of the terms that may be chosen."""
    return [(term.code, term.label) for term in found]


def domain_choices() -> list[tuple[str, str]]:
    """The domains of the law, each followed by those below it, which name it."""
    domains: list[Any] = list(Domain.objects.active())
    return [
        entry
        for top in domains
        if top.parent_id is None
        for entry in (
            (top.code, top.label),
            *((below.code, f"{top.label}: {below.label}") for below in domains if below.parent_id == top.pk),
        )
    ]


class DomainsForm(StepForm):
    """Domains of Legea 78/2014, and a few words on what is done in them."""

    key = "domains"
    word = "domenii"
    label = _("Domains")
    heading = _("What do you do?")

    domains = forms.MultipleChoiceField(
        label=_("Domains"),
        help_text=_(
            "The domains of volunteering of the law (Legea 78/2014, art. 3). Choose those in which you work."
        ),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one domain.")},
    )
    summary = Text(
        label=_("In a few words"),
        help_text=_("What you do and how volunteers help; shown on your page. Up to 2,000 characters."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def prepare(self) -> None:
        self.fields["domains"].choices = domain_choices()  # type: ignore[attr-defined]


class BeneficiariesForm(StepForm):
    """Beneficiaries and sustainable development goals."""

    key = "beneficiaries"
    word = "beneficiari"
    label = _("Beneficiaries")
    heading = _("For whom do you work?")
    optional = True

    beneficiaries = forms.MultipleChoiceField(
        label=_("Beneficiaries"), required=False, widget=forms.CheckboxSelectMultiple
    )
    goals = forms.MultipleChoiceField(
        label=_("Sustainable development goals"),
        help_text=_("Of the 17 goals of the United Nations, those to which your work contributes."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def prepare(self) -> None:
        self.fields["beneficiaries"].choices = terms(BeneficiaryGroup.objects.active())  # type: ignore[attr-defined]
        self.fields["goals"].choices = [  # type: ignore[attr-defined]
            (term.code, f"{term.code}. {term.label}") for term in SustainableGoal.objects.active()
        ]
