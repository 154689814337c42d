"""What a participant says of themselves."""

from typing import Any, Final

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from core.accounts.choices import Language
from core.territory.models import Uat
from core.territory.selectors import counties, county_by_code, uat_by_code
from core.text import normalise
from meetings.choices import OPEN_SECTOR_TYPES, ParticipantLevel, ParticipantType, Sector
from meetings.models import Registration
from meetings.selectors.entry import organisations_meant, uats_meant
from organisations.models import Organisation

NAME_LENGTH: Final = 150


class ParticipantForm(forms.Form):
    """The questions that a registration asks; the same when it is changed later."""

    name = forms.CharField(
        label=_("First and last name"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write your name.")},
    )
    participant_type = forms.ChoiceField(
        label=_("You take part as"),
        choices=[("", _("Choose")), *ParticipantType.choices],
        error_messages={"required": _("Choose as what you take part.")},
    )
    sector = forms.ChoiceField(
        label=_("Sector"),
        help_text=_("Only for a school or university, and for other interested parties."),
        choices=Sector.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    level = forms.ChoiceField(
        label=_("Level"),
        help_text=_("How far what you speak for reaches."),
        choices=ParticipantLevel.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the level.")},
    )
    organisation_name = forms.CharField(
        label=_("Organisation or authority"),
        help_text=_(
            "As it is called. If it is in the registry of organisations, we find it before you send. Leave it empty "
            "if you come in your own name."
        ),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    organisation = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    county = forms.ChoiceField(label=_("County"), error_messages={"required": _("Choose the county.")})
    locality = forms.CharField(
        label=_("Municipality, town, commune or sector"),
        help_text=_("Type its name, with or without diacritics. For a village, type its commune."),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    uat = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)
    themes_proposed = forms.CharField(
        label=_("Themes that you propose"),
        help_text=_("What should be talked about. Up to 2,000 characters."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    language = forms.ChoiceField(
        label=_("Language of our messages"), choices=Language.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["county"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose")),
            *((county.code, county.name) for county in counties()),
        ]
        self.initial.setdefault("language", (get_language() or "ro")[:2])
        for name in ("name", "participant_type", "county", "language"):
            self.fields[name].error_messages.setdefault("invalid_choice", _("Choose one of the list."))
        chosen = uat_by_code(str(self.data.get(self.add_prefix("uat")) or "")) if self.is_bound else None
        if chosen is not None:
            # Several were meant once: the choice stays visible for as long as it may be changed.
            self._offer_uats([chosen])

    def clean_name(self) -> str:
        """In one line, without marks that nobody sees."""
        name = " ".join(normalise(self.cleaned_data["name"]).split())
        if not name:
            raise forms.ValidationError(self.fields["name"].error_messages["required"])
        return name

    def clean_organisation_name(self) -> str:
        return " ".join(normalise(self.cleaned_data["organisation_name"]).split())

    def clean_themes_proposed(self) -> str:
        return normalise(self.cleaned_data["themes_proposed"]).strip()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._clean_sector(cleaned)
        self._clean_place(cleaned)
        return cleaned

    def _clean_sector(self, cleaned: dict[str, Any]) -> None:
        """Asked only where the type leaves it open; else it is what the type says, whatever came."""
        if cleaned.get("participant_type") not in OPEN_SECTOR_TYPES:
            cleaned["sector"] = ""
            self.errors.pop("sector", None)
        elif not cleaned.get("sector") and "sector" not in self.errors:
            self.add_error("sector", _t("Choose the sector."))

    def _clean_place(self, cleaned: dict[str, Any]) -> None:
        county = county_by_code(cleaned.get("county") or "")
        name = cleaned.get("locality") or ""
        self.errors.pop("uat", None)
        cleaned["place"] = None
        if county is None or not name:
            return
        found = uats_meant(name, county)
        chosen = [uat for uat in found if uat.code == cleaned.get("uat")]
        match (chosen or found)[:2]:
            case [only] if chosen or len(found) == 1:
                cleaned["place"] = only
            case []:
                self.add_error(
                    "locality",
                    _t(
                        "There is no such municipality, town or commune in %(county)s. Check the county and the "
                        "spelling; for a village, type its commune."
                    )
                    % {"county": county.full_name},
                )
            case _:
                self._offer_uats(found)
                self.add_error(
                    "locality",
                    _t("Several localities are like this. Choose one below, or type the whole name."),
                )

    def _offer_uats(self, found: list[Uat]) -> None:
        self._bound_fields_cache.pop("uat", None)  # type: ignore[attr-defined]
        self.fields["uat"] = forms.ChoiceField(
            label=_("Which of these?"),
            choices=[(uat.code, uat.full_name) for uat in found],
            required=False,
            widget=forms.RadioSelect,
        )

    def offer_organisations(self) -> list[Organisation]:
        """Those of the registry that may be meant become a choice, beside none of them; for the page of the check."""
        found = organisations_meant(self.cleaned_data["organisation_name"])
        if found:
            self._bound_fields_cache.pop("organisation", None)  # type: ignore[attr-defined]
            self.fields["organisation"] = forms.ChoiceField(
                label=_("Is it one of these, from the registry of organisations?"),
                choices=[
                    *((str(each.pk), _with_place(each)) for each in found),
                    ("", _("None of these; keep what I wrote")),
                ],
                required=False,
                widget=forms.RadioSelect,
            )
        return found

    def said(self) -> dict[str, Any]:
        """What a registration keeps of the answers."""
        cleaned = self.cleaned_data
        chosen = cleaned.get("organisation")
        # Only one whose name is like what was typed: a choice made before the name was changed is none.
        meant = organisations_meant(cleaned["organisation_name"]) if chosen else []
        return {
            "name": cleaned["name"],
            "participant_type": cleaned["participant_type"],
            "sector": cleaned["sector"],
            "level": cleaned["level"],
            "organisation": next((each for each in meant if str(each.pk) == chosen), None),
            "organisation_name": cleaned["organisation_name"],
            "county": county_by_code(cleaned["county"]),
            "uat": cleaned["place"],
            "themes_proposed": cleaned["themes_proposed"],
            "language": cleaned["language"],
        }


def _with_place(organisation: Organisation) -> str:
    county = organisation.county
    return f"{organisation.display_name}, {county.full_name}" if county else organisation.display_name


def answers_of(registration: Registration) -> dict[str, Any]:
    """The answers of a registration, to begin a change with."""
    return {
        "name": registration.name,
        "participant_type": registration.participant_type,
        "sector": registration.sector,
        "level": registration.level,
        "organisation_name": registration.organisation_name,
        "organisation": str(registration.organisation_id or ""),
        "county": registration.county.code if registration.county else "",
        "locality": registration.uat.name if registration.uat else "",
        "uat": registration.uat.code if registration.uat else "",
        "themes_proposed": registration.themes_proposed,
        "language": registration.language,
    }
