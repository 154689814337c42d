"""The list of all exports, for reading."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from core.admin.base import ReadOnlyAdmin
from core.models import ExportLog


@admin.register(ExportLog)
class ExportLogAdmin(ReadOnlyAdmin):
    list_display = ("at", "what", "actor", "rows", "file_format", "chosen_by")
    list_select_related = ("actor",)
    search_fields = ("what", "actor__full_name")
    search_help_text = _("What was exported or the name of the person")
    date_hierarchy = "at"
    fields = ("at", "what", "actor", ("rows", "file_format"), "chosen_by")
    readonly_fields = ("at", "what", "actor", "rows", "file_format", "chosen_by")

    @admin.display(description=_("chosen by"))
    def chosen_by(self, export: ExportLog) -> str:
        return "; ".join(f"{name}: {value}" for name, value in export.filters.items()) or "–"
