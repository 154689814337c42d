"""Announcements and documents of an edition."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import (
    BooleanRadioFilter,
    ChoicesDropdownFilter,
    DropdownFilter,
    RelatedDropdownFilter,
)
from unfold.widgets import UnfoldAdminTextInputWidget

from core.admin import PortalAdmin
from core.text import fold
from programmes.models import Announcement, EditionDocument


class SlugFromTitleForm(forms.ModelForm):
    """An address left empty is made from the title."""

    slug = forms.SlugField(
        label=_("address"),
        required=False,
        max_length=120,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("Last part of the page's address; left empty, it is made from the title."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("slug") and "slug" not in self.errors:
            cleaned["slug"] = self.instance.slug or self._free(cleaned.get("title") or "")
        return cleaned

    def _free(self, title: str) -> str:
        base = fold(title).replace(" ", "-")[:100].strip("-") or "pagina"
        taken = set(
            self._meta.model._default_manager.filter(slug__startswith=base).values_list("slug", flat=True)
        )
        return next(
            slug for slug in (base, *(f"{base}-{number}" for number in range(2, 1000))) if slug not in taken
        )


class AppearsFilter(DropdownFilter):
    title = _("publication")
    parameter_name = "aparitie"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("ciorna", _("drafts")), ("programat", _("to appear")), ("publicat", _("published"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "ciorna":
                return queryset.filter(published_at=None)
            case "programat":
                return queryset.filter(published_at__gt=timezone.now())
            case "publicat":
                return queryset.filter(published_at__lte=timezone.now())
        return queryset


@admin.register(Announcement)
class AnnouncementAdmin(PortalAdmin):
    form = SlugFromTitleForm
    list_display = ("title", "edition", "published_at", "appears")
    list_select_related = ("edition",)
    list_filter = (AppearsFilter, ("edition", RelatedDropdownFilter))
    search_fields = ("title", "summary", "body")
    date_hierarchy = "published_at"
    ordering = ("-published_at", "-pk")
    autocomplete_fields = ("edition",)
    fieldsets = (
        (None, {"fields": ("title", "summary", "body", "edition")}),
        (
            _("Publication"),
            {
                "fields": ("published_at", "slug"),
                "description": _(
                    "Without a moment it is a draft that only staff see. It appears by itself then."
                ),
            },
        ),
    )

    @admin.display(description=_("publication"))
    def appears(self, announcement: Announcement) -> str:
        if announcement.published_at is None:
            return _t("draft")
        return _t("published") if announcement.published_at <= timezone.now() else _t("to appear")


@admin.register(EditionDocument)
class EditionDocumentAdmin(PortalAdmin):
    form = SlugFromTitleForm
    list_display = ("title", "kind", "edition", "issued_on", "is_public")
    list_select_related = ("edition",)
    list_filter = (
        ("edition", RelatedDropdownFilter),
        ("kind", ChoicesDropdownFilter),
        ("is_public", BooleanRadioFilter),
    )
    search_fields = ("title", "issuer", "text")
    ordering = ("-edition__year", "position", "pk")
    autocomplete_fields = ("edition",)
    fieldsets = (
        (None, {"fields": ("title", ("edition", "kind"), ("issued_on", "issuer"))}),
        (
            _("Content"),
            {
                "fields": ("file", "url", "text"),
                "description": _(
                    "Give a file, an address or the words; the words help those who cannot open a file."
                ),
            },
        ),
        (_("Publication"), {"fields": (("is_public", "position"), "slug")}),
    )
