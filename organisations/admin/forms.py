"""What staff may type about an organisation, checked in words."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextInputWidget

from organisations.checks import checked_contact, normalised_cui
from organisations.choices import RESERVED_SLUGS, Kind
from organisations.models import FormerSlug, Organisation, OrganisationContact
from organisations.naming import free_slug


def link_to(organisation: Organisation) -> SafeString:
    url = reverse("admin:organisations_organisation_change", args=[organisation.pk])
    return format_html('<a href="{}">{}</a>', url, organisation.display_name)


class OrganisationForm(forms.ModelForm):
    """The seat fills the county; a code that exists leads to its record; a former address stays its owner's."""

    cui = forms.CharField(
        label=_("CUI"),
        required=False,
        max_length=24,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("With or without RO and spaces, for example RO 185 472 90."),
    )
    slug = forms.SlugField(
        label=_("address"),
        required=False,
        max_length=120,
        widget=UnfoldAdminTextInputWidget,
        help_text=_(
            "Last part of the page's address; left empty, it is made from the name. When you change it, the old "
            "address goes on leading to the page."
        ),
    )

    class Meta:
        model = Organisation
        fields = (
            "legal_name",
            "public_name",
            "acronym",
            "slug",
            "kind",
            "legal_form",
            "parent",
            "summary",
            "cui",
            "national_register_number",
            "court_register_number",
            "court_register_date",
            "court",
            "seat",
            "county",
            "level",
            "activity_counties",
            "domains",
            "beneficiaries",
            "goals",
            "source",
            "is_example",
        )

    def clean_cui(self) -> str:
        digits = normalised_cui(self.cleaned_data["cui"])
        other = (
            Organisation.objects.exclude(pk=self.instance.pk).filter(cui=digits).first() if digits else None
        )
        if other is not None:
            raise ValidationError(
                format_html(
                    _t(
                        "The CUI {} is already in the registry, at {}. Open that record instead of making a second one."
                    ),
                    digits,
                    link_to(other),
                )
            )
        return digits

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"].lower()
        if slug in RESERVED_SLUGS:
            raise ValidationError(_t("This address is a page of the registry. Choose another one."))
        former = (
            FormerSlug.objects.filter(slug=slug).exclude(organisation=self.instance.pk).first()
            if slug
            else None
        )
        if former is not None:
            raise ValidationError(
                format_html(
                    _t("This was once the address of {} and still leads there."), link_to(former.organisation)
                )
            )
        return slug

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        seat, county = cleaned.get("seat"), cleaned.get("county")
        if seat is not None and county is None and "county" not in self.errors:
            cleaned["county"] = seat.county
        elif seat is not None and county is not None and seat.county_id != county.pk:
            self.add_error(
                "seat",
                _t("%(seat)s is not in %(county)s county. Change the locality or leave the county empty.")
                % {"seat": seat.full_name, "county": county},
            )
        if cleaned.get("kind") == Kind.LEGAL_PERSON and cleaned.get("parent"):
            self.add_error("parent", _t("A legal person is not part of another organisation."))
        if not cleaned.get("slug") and "slug" not in self.errors:
            name = cleaned.get("public_name") or cleaned.get("legal_name") or ""
            cleaned["slug"] = self.instance.slug or free_slug(name, cleaned.get("county"))
        return cleaned


class ContactForm(forms.ModelForm):
    """A telephone, an address of mail or of a page is checked for what it says it is."""

    class Meta:
        model = OrganisationContact
        fields = ("kind", "value", "is_public")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind, value = cleaned.get("kind"), cleaned.get("value")
        if kind and value:
            try:
                cleaned["value"] = checked_contact(kind, value)
            except ValidationError as error:
                self.add_error("value", error)
        return cleaned
