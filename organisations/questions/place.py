"""Where the organisation has its seat, and where it works."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from core.territory.models import County, Uat
from core.territory.selectors import counties, county_by_code, suggest_uats, uat_by_code
from core.text import fold
from organisations.choices import Level
from organisations.questions.base import Line, StepForm

MOST_SUGGESTED = 12
_KINDS = ("municipiul ", "orasul ", "comuna ", "sat ", "satul ")


class SeatForm(StepForm):
    """County and locality; the locality is typed in any spelling, and chosen from a list where several are meant."""

    key = "seat"
    word = "sediu"
    label = _("Seat")
    heading = _("Where is the seat?")
    template = "organisations/enrolment/seat.html"

    county = forms.ChoiceField(label=_("County"))
    locality = Line(
        label=_("Municipality, town, commune or sector"),
        help_text=_(
            "Type its name, with or without diacritics: “brasov” finds Brașov. For a village, type its commune."
        ),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    uat = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)

    def prepare(self) -> None:
        self.fields["county"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose")),
            *((county.code, county.name) for county in counties()),
        ]
        self.found: list[Uat] = []
        code = self._code()
        if code:
            # Several were meant once: the choice stays visible for as long as it may be changed.
            self._choose_among([uat for uat in [uat_by_code(code)] if uat is not None])

    def _code(self) -> str:
        """The code that was chosen, as it came."""
        return str(self.data.get("uat") or "") if self.is_bound else ""

    def _choose_among(self, found: list[Uat]) -> None:
        self.found = found
        self._bound_fields_cache.pop("uat", None)  # type: ignore[attr-defined]
        self.fields["uat"] = forms.ChoiceField(
            label=_("Which of these?"),
            choices=[(uat.code, uat.full_name) for uat in found],
            required=False,
            widget=forms.RadioSelect,
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        county = county_by_code(cleaned.get("county") or "")
        name = cleaned.get("locality") or ""
        if county is not None and name:
            cleaned["seat"] = self._resolve(county, name, self._code())
            self.errors.pop("uat", None)
        return cleaned

    def _resolve(self, county: County, name: str, chosen: str) -> Uat | None:
        """The unit that is meant; without one the form says why, and offers those that may be."""
        plain = fold(name)
        for kind in _KINDS:
            plain = plain.removeprefix(kind)
        found = suggest_uats(plain, county=county, limit=MOST_SUGGESTED) if plain else []
        same = [uat for uat in found if fold(uat.name) == plain]
        picked = next((uat for uat in found if uat.code == chosen), None)
        match = picked or (same[0] if len(same) == 1 else found[0] if len(found) == 1 else None)
        if match is None and found:
            self._choose_among(found)
            self.add_error(
                "locality", _t("Several localities are like this. Choose one below, or type the whole name.")
            )
        elif match is None:
            self.add_error(
                "locality",
                _t(
                    "There is no such municipality, town or commune in %(county)s. Check the county and the "
                    "spelling; for a village, type its commune."
                )
                % {"county": county.full_name},
            )
        return match

    def reading(self) -> list[tuple[str, str]]:
        seat = getattr(self, "cleaned_data", {}).get("seat") if self.is_valid() else None
        place = f"{seat.full_name}, {seat.county.full_name}" if seat is not None else ""
        typed = ", ".join(filter(None, (str(self["locality"].value() or ""), self.words(self["county"]))))
        return [(_t("Seat"), place or typed)]


class ActivityForm(StepForm):
    """How far the activity reaches."""

    key = "activity"
    word = "activitate"
    label = _("Area of activity")
    heading = _("Where do you work?")
    # Working in the seat's county goes without saying at these levels.
    near: ClassVar[tuple[str, ...]] = (Level.LOCAL, Level.COUNTY)

    level = forms.ChoiceField(
        label=_("Level of activity"),
        choices=Level.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how far your activity reaches.")},
    )
    counties = forms.MultipleChoiceField(
        label=_("Counties in which you work"),
        help_text=_("Leave all empty if you work in the county of the seat only, or in the whole country."),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-columns"}),
    )

    def prepare(self) -> None:
        self.fields["counties"].choices = [(county.code, county.name) for county in counties()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        seat_county = self.answers.get("seat", {}).get("county")
        if not cleaned.get("counties") and cleaned.get("level") in self.near and seat_county:
            cleaned["counties"] = [str(seat_county)]
        return cleaned
