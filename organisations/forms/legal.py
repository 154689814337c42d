"""What may be ticked in the guide for hosts of volunteers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from organisations.legal.situation import YES, Coordinator, HostKind, Situation

_TICK = {"value": YES}


class SituationForm(forms.Form):
    """The situation of a host; never bound, so an address that makes no sense is no error but an open question."""

    gazda = forms.ChoiceField(
        label=_("Who organises the volunteering"),
        choices=HostKind.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    coordonator = forms.ChoiceField(
        label=_("Who coordinates the volunteers"),
        choices=Coordinator.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    minori = forms.BooleanField(
        label=_("There are minors among the volunteers (15 to 17 years)"),
        widget=forms.CheckboxInput(_TICK),
        required=False,
    )
    straini = forms.BooleanField(
        label=_("There are foreign citizens among the volunteers"),
        widget=forms.CheckboxInput(_TICK),
        required=False,
    )
    vulnerabili = forms.BooleanField(
        label=_(
            "The volunteers are in direct contact with children, older people, people with disabilities or others "
            "who are vulnerable"
        ),
        widget=forms.CheckboxInput(_TICK),
        required=False,
    )

    @classmethod
    def showing(cls, situation: Situation) -> "SituationForm":
        """The form as it was ticked."""
        return cls(
            initial={
                "gazda": situation.host,
                "coordonator": situation.coordinator,
                "minori": situation.minors,
                "straini": situation.foreigners,
                "vulnerabili": situation.vulnerable,
            }
        )
