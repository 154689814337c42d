"""What the list of those who registered may be asked."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.territory.selectors import counties
from core.text import normalise
from meetings.choices import ParticipantLevel, ParticipantType, RegistrationStatus, Sector
from meetings.selectors.team import FILTERS, RegistrantQuestion

MOST_WORDS = 100


class RegistrantFilterForm(forms.Form):
    """The filters beside the list; codes that do not exist are left aside."""

    stare = forms.MultipleChoiceField(
        label=_("State"), choices=RegistrationStatus.choices, widget=forms.CheckboxSelectMultiple
    )
    prezenta = forms.MultipleChoiceField(
        label=_("Attendance"),
        choices=[("da", _("was there")), ("nu", _("not recorded"))],
        widget=forms.CheckboxSelectMultiple,
    )
    sector = forms.MultipleChoiceField(
        label=_("Sector"), choices=Sector.choices, widget=forms.CheckboxSelectMultiple
    )
    nivel = forms.MultipleChoiceField(
        label=_("Level"), choices=ParticipantLevel.choices, widget=forms.CheckboxSelectMultiple
    )
    tip = forms.MultipleChoiceField(
        label=_("Takes part as"), choices=ParticipantType.choices, widget=forms.CheckboxSelectMultiple
    )
    judet = forms.MultipleChoiceField(label=_("County"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["judet"].choices = [(county.code, county.name) for county in counties()]  # type: ignore[attr-defined]


def read_question(query: QueryDict) -> RegistrantQuestion:
    """The question of an address; whatever makes no sense is left aside."""
    fields = RegistrantFilterForm().fields
    chosen = {}
    for name in FILTERS:
        known = {str(code) for code, _label in fields[name].choices}  # type: ignore[attr-defined]
        codes = sorted({value for value in query.getlist(name)[:60] if value in known})
        if codes:
            chosen[name] = codes
    return RegistrantQuestion(chosen=chosen, words=normalise(query.get("q", "")[:MOST_WORDS]).strip())


def query_of(question: RegistrantQuestion, *, page: int = 1) -> str:
    """The parameters of a question in one order."""
    query = QueryDict(mutable=True)
    if question.words:
        query["q"] = question.words
    for name in FILTERS:
        query.setlist(name, question.chosen.get(name, []))
    if page > 1:
        query["pagina"] = str(page)
    text = query.urlencode()
    return f"?{text}" if text else ""
