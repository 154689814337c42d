"""The admin of a controlled vocabulary."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import BooleanRadioFilter

from core.admin.base import PortalAdmin


class TermAdmin(PortalAdmin):
    """A term's code is for ever: addresses and files use it. A term that is not wanted is taken out of use."""

    list_display = ("name", "name_en", "code", "position", "is_active")
    list_filter = (("is_active", BooleanRadioFilter),)
    search_fields = ("name", "name_en", "code")
    search_help_text = _("Name in Romanian or English, or code")
    ordering = ("position", "code")
    prepopulated_fields = {"code": ("name",)}
    fields = (("name", "name_en"), ("code", "position"), "basis", "is_active")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [*super().get_readonly_fields(request, obj), *(["code"] if obj else [])]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else self.prepopulated_fields
