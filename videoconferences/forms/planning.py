"""What planning asks of a videoconference beside its gathering: number, area, co-organisers, themes; copies, series."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from core.territory.models import County, Region
from core.territory.selectors import counties, regions
from meetings.forms.planning import HoursMixin, day_field
from meetings.forms.rows import PlanForm, RowsForm
from organisations.models import Organisation
from programmes.models import Edition, EditionPart
from videoconferences.choices import ThemeRole
from videoconferences.models import Theme, Videoconference
from videoconferences.selectors.organisers import organisation_meant
from videoconferences.series import MOST, SeriesDay, series_days
from videoconferences.services.planning import next_number


class _RegionsMixin(forms.Form):
    """Regions by their codes; places are in memory."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["regions"].choices = [(region.code, region.label) for region in regions()]  # type: ignore[attr-defined]


def chosen_regions(codes: Iterable[str]) -> list[Region]:
    wanted = set(codes)
    return [region for region in regions() if region.code in wanted]


def check_counties(form: forms.Form, chosen: Iterable[County], inside: Iterable[Region]) -> None:
    """Says at the field ``counties`` of the form which of them are in none of the regions."""
    keys = {region.pk for region in inside}
    outside = [county.name for county in chosen if county.region_id not in keys]
    if outside:
        form.add_error(
            "counties",
            _t("These counties are in none of the chosen regions: %(names)s.")
            % {"names": ", ".join(outside)},
        )


def _regions_field() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("Development regions"), required=False, widget=forms.CheckboxSelectMultiple
    )


def number_field() -> forms.IntegerField:
    return forms.IntegerField(label=_("Number"), min_value=1, max_value=999)


def _number_field() -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Number"),
        min_value=1,
        max_value=999,
        required=False,
        help_text=_("Empty: the next number of the edition."),
    )


class NewVideoconferenceForm(HoursMixin, _RegionsMixin, PlanForm):
    """The least that a draft needs; the rest is written on its own page."""

    edition = forms.ModelChoiceField(label=_("Edition"), queryset=Edition.objects.none())
    number = _number_field()
    regions = _regions_field()

    field_order = ("edition", "number", "on_date", "begins", "ends", "which_hour", "regions")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["edition"].queryset = Edition.objects.all()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        _refuse_taken(self, cleaned.get("edition"), cleaned.get("number"))
        return cleaned


def _refuse_taken(form: forms.Form, edition: Edition | None, number: int | None, *, but: int = 0) -> None:
    if edition and number and edition.videoconferences.filter(number=number).exclude(pk=but).exists():
        form.add_error(
            "number",
            _t("The edition has a videoconference with this number already. The next free one is %(next)d.")
            % {"next": next_number(edition)},
        )


class NumberForm(PlanForm):
    number = number_field()
    part = forms.ModelChoiceField(
        label=_("Part of the edition"), required=False, queryset=EditionPart.objects.none()
    )
    central_theme = forms.CharField(
        label=_("Central theme"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only when it differs from the theme of the edition's part."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.videoconference: Videoconference = self.initial["videoconference"]
        parts = self.videoconference.edition.parts.select_related("edition")
        self.fields["part"].queryset = parts  # type: ignore[attr-defined]

    @classmethod
    def read(cls, videoconference: Videoconference) -> dict[str, Any]:
        return {
            "videoconference": videoconference,
            "number": videoconference.number,
            "part": videoconference.part,
            "central_theme": videoconference.central_theme,
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        its = self.videoconference
        _refuse_taken(self, its.edition, cleaned.get("number"), but=its.pk)
        return cleaned


class AreaForm(_RegionsMixin, PlanForm):
    regions = _regions_field()
    counties = forms.MultipleChoiceField(
        label=_("Counties"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only when it is meant for some counties of the regions. None: for all of them."),
    )
    regions_as_printed = forms.CharField(
        label=_("Regions, as printed"),
        required=False,
        max_length=200,
        help_text=_("Only when the printed calendar writes them otherwise."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["counties"].choices = [(county.code, county.name) for county in counties()]  # type: ignore[attr-defined]
        self.fields["counties"].widget.attrs["class"] = "choices-columns"

    @classmethod
    def read(cls, videoconference: Videoconference) -> dict[str, Any]:
        return {
            "regions": sorted(region.code for region in videoconference.regions.all()),
            "counties": sorted(county.code for county in videoconference.counties.all()),
            "regions_as_printed": videoconference.regions_as_printed,
        }

    def chosen_regions(self) -> list[Region]:
        return chosen_regions(self.cleaned_data["regions"])

    def chosen_counties(self) -> list[County]:
        return [county for county in counties() if county.code in self.cleaned_data["counties"]]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("counties") and cleaned.get("regions") is not None:
            check_counties(self, self.chosen_counties(), self.chosen_regions())
        return cleaned


class CoOrganisersForm(RowsForm):
    """Organisations of the registry, found by what was typed."""

    key_field = "organisation"
    row_label = _("Co-organiser")
    row_fields = {
        "order": forms.IntegerField(label=_("Order"), min_value=1, max_value=999),
        "organisation": forms.CharField(
            label=_("Organisation"),
            max_length=300,
            help_text=_("Its name, or the address of its page in the registry."),
        ),
        "name_as_printed": forms.CharField(
            label=_("Name as printed"),
            max_length=300,
            help_text=_("Only when the calendar prints it otherwise."),
        ),
    }

    @classmethod
    def read(cls, videoconference: Videoconference) -> list[dict[str, Any]]:
        links = videoconference.co_organiser_links.select_related("organisation")
        return [
            {
                "order": number,
                "organisation": link.organisation.display_name,
                "name_as_printed": link.name_as_printed,
                "known": link.organisation.slug,
            }
            for number, link in enumerate(links, start=1)
        ]

    def __init__(self, data: Any = None, *, initial: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(data, initial=initial, **kwargs)
        # A name that was there already means the same organisation, whatever namesakes it has.
        self.known = {row["organisation"]: row["known"] for row in initial}

    def clean_row(self, row: dict[str, Any], number: int) -> None:
        typed = row["organisation"]
        known = self.known.get(typed)
        found = Organisation.objects.filter(slug=known).first() if known else None
        near: list[Organisation] = []
        if found is None:
            found, near = organisation_meant(typed)
        if found is None:
            self.add_error(f"organisation_{number}", _not_found(near))
        row["found"] = found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        seen: set[int] = set()
        for row in cleaned["rows"]:
            found = row.get("found")
            if found is not None and found.pk in seen:
                self.add_error(None, _t("“%(name)s” stands in two rows.") % {"name": found.display_name})
            if found is not None:
                seen.add(found.pk)
        return cleaned

    def pairs(self) -> list[tuple[Organisation, str]]:
        return [(row["found"], row["name_as_printed"] or "") for row in self.cleaned_data["rows"]]


def _not_found(near: Sequence[Organisation]) -> str:
    if not near:
        return _t(
            "The registry has no organisation of this name. Write its name or its address as the registry has it."
        )
    names = "; ".join(f"{each.display_name} (/organizatii/{each.slug}/)" for each in near)
    return _t("Several come near. Write the address of the one you mean: %(names)s.") % {"names": names}


class ThemesForm(RowsForm):
    """Themes with their role and why each is on the agenda."""

    key_field = "theme"
    row_label = _("Theme")
    defaults = ("role",)
    row_fields = {
        "theme": forms.ModelChoiceField(label=_("Theme"), queryset=Theme.objects.none(), empty_label="–"),
        "role": forms.ChoiceField(label=_("Role"), choices=ThemeRole.choices),
        "reason": forms.CharField(
            label=_("Why it is on the agenda"), max_length=300, help_text=_("Shown to everybody.")
        ),
    }

    @classmethod
    def read(cls, videoconference: Videoconference) -> list[dict[str, Any]]:
        links = videoconference.theme_links.select_related("theme").order_by("theme__position", "pk")
        return [{"theme": link.theme, "role": link.role, "reason": link.reason} for link in links]

    def __init__(self, data: Any = None, *, initial: Sequence[Any] = (), **kwargs: Any) -> None:
        shown = Theme.objects.filter(is_active=True) | Theme.objects.filter(
            pk__in=[row["theme"].pk for row in initial]
        )
        self._themes = list(shown.distinct().order_by("position", "pk"))
        super().__init__(data, initial=initial, **kwargs)

    def row_field(self, name: str, prototype: forms.Field, number: int) -> forms.Field:
        field = super().row_field(name, prototype, number)
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Theme.objects.filter(pk__in=[theme.pk for theme in self._themes])
            field.choices = [("", "–"), *((theme.pk, theme.label) for theme in self._themes)]
        if name == "role":
            field.initial = ThemeRole.OTHER
        return field

    def clean_row(self, row: dict[str, Any], number: int) -> None:
        row["role"] = row["role"] or ThemeRole.OTHER
        row["reason"] = row["reason"] or ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        seen: set[int] = set()
        for row in cleaned["rows"]:
            if row["theme"].pk in seen:
                self.add_error(None, _t("“%(name)s” stands in two rows.") % {"name": row["theme"].label})
            seen.add(row["theme"].pk)
        return cleaned


class CopyForm(PlanForm):
    on_date = day_field(_("Date"))
    number = _number_field()

    def __init__(
        self, *args: Any, source: Videoconference, edition: Edition | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.edition = edition or source.edition

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        _refuse_taken(self, self.edition, cleaned.get("number"))
        return cleaned


class SeriesForm(PlanForm):
    first = day_field(_("First day"))
    weeks = forms.TypedChoiceField(
        label=_("How often?"),
        choices=[
            (1, _("every week")),
            (2, _("every second week")),
            (3, _("every third week")),
            (4, _("every fourth week")),
        ],
        coerce=int,
        initial=2,
    )
    count = forms.IntegerField(label=_("How many?"), min_value=1, max_value=MOST, initial=6)
    holidays = forms.ChoiceField(
        label=_("When the day is a public holiday"),
        choices=[("skip", _("leave that day out")), ("warn", _("keep it, with a warning"))],
        widget=forms.RadioSelect,
        initial="skip",
    )

    def days(self) -> list[SeriesDay]:
        cleaned = self.cleaned_data
        return series_days(
            cleaned["first"],
            weeks=cleaned["weeks"],
            count=cleaned["count"],
            skips_holidays=cleaned["holidays"] == "skip",
        )


def series_initial(source: Videoconference) -> dict[str, Any]:
    """Two weeks after the source, or after today when that is past."""
    first = source.meeting.on_date + timedelta(weeks=2)
    today = timezone.localdate()
    while first <= today:
        first += timedelta(weeks=2)
    return {"first": first, "weeks": 2, "count": 6, "holidays": "skip"}
