"""Texts of consents, each version written once; and who agreed to which."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import DropdownFilter

from core.accounts.models import Consent, ConsentText
from core.accounts.purposes import purpose_of, purposes
from core.accounts.services.consents import next_version
from core.admin import PortalAdmin, ReadOnlyAdmin


def _choices() -> list[tuple[str, Any]]:
    return [(each.key, each.label) for each in purposes()]


class PurposeFilter(DropdownFilter):
    title = _("purpose")
    parameter_name = "purpose"
    lookup = "purpose"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return _choices()

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(**{self.lookup: self.value()}) if purpose_of(self.value() or "") else queryset


class PurposeOfConsentFilter(PurposeFilter):
    lookup = "text__purpose"


class ConsentTextForm(forms.ModelForm[ConsentText]):
    """A version is for one of the purposes that the portal asks for, and begins now or later."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "purpose" in self.fields:
            self.fields["purpose"] = forms.ChoiceField(label=_("Purpose"), choices=_choices())

    def clean_valid_from(self) -> Any:
        return max(self.cleaned_data["valid_from"], timezone.now())


@admin.register(ConsentText)
class ConsentTextAdmin(PortalAdmin):
    """New words are a new version; words in use, or to which somebody agreed, are never changed."""

    form = ConsentTextForm
    list_display = ("purpose_label", "version", "valid_from", "agreed")
    list_filter = (PurposeFilter,)
    fields = ("purpose", "text", "text_en", "valid_from")
    text_rows = 8

    @admin.display(description=_("purpose"), ordering="purpose")
    def purpose_label(self, text: ConsentText) -> str:
        purpose = purpose_of(text.purpose)
        return str(purpose.label) if purpose else text.purpose

    @admin.display(description=_("agreements"))
    def agreed(self, text: ConsentText) -> int:
        return text.consents.count()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        fixed = ["purpose", "version"] if obj is not None else []
        return [*super().get_readonly_fields(request, obj), *fixed]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["purpose", "version", *self.fields[1:]] if obj is not None else list(self.fields)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only words that are still to come, and that nobody agreed to: not by a superuser either."""
        settled = obj is not None and (obj.valid_from <= timezone.now() or obj.consents.exists())
        return not settled and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.version = next_version(purpose=obj.purpose)
        super().save_model(request, obj, form, change)


@admin.register(Consent)
class ConsentAdmin(ReadOnlyAdmin):
    """Given and taken back by people alone."""

    list_display = ("given_at", "text", "who", "withdrawn_at")
    list_filter = (PurposeOfConsentFilter,)
    list_select_related = ("text", "user")
    search_fields = ("email", "user__email", "user__full_name")
    search_help_text = _("Name or e-mail address")
    date_hierarchy = "given_at"
    fields = ("text", "words", "who", "language", "given_at", "withdrawn_at", "content_type", "object_id")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return list(self.fields)

    @admin.display(description=_("person"))
    def who(self, consent: Consent) -> str:
        return str(consent.user or consent.email or _("an erased person"))

    @admin.display(description=_("words"))
    def words(self, consent: Consent) -> str:
        return consent.text.label
