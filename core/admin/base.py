"""The base of every admin page: rules decide, search is folded, states move by steps, changes are told in words."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.db import DataError, models
from django.db.models import ProtectedError, RestrictedError
from django.forms import CharField, Field
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from unfold.admin import ModelAdmin, StackedInline, TabularInline

from core.admin.editing import EditingMixin
from core.admin.history import HistoryMixin
from core.admin.search import FoldedSearchMixin
from core.admin.steps import StepsMixin
from core.text import normalise


class RulesMixin:
    """Permissions are asked of the rules alone, with the record where there is one."""

    opts: Any

    def _may(self, request: HttpRequest, action: str, obj: models.Model | None) -> bool:
        return bool(request.user.has_perm(f"{self.opts.app_label}.{action}_{self.opts.model_name}", obj))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "view", obj) or self._may(request, "change", obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "add", None)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "change", obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "delete", obj)


class OptionLabelsMixin:
    """Names of places and organisations in choices say enough to tell namesakes apart."""

    admin_site: Any

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        return self._with_labels(field, db_field)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        return self._with_labels(field, db_field)

    def _with_labels(self, field: Any, db_field: Any) -> Any:
        related = self.admin_site._registry.get(db_field.remote_field.model)
        if field is not None and isinstance(related, PortalAdmin):
            field.label_from_instance = related.option_label
            field.queryset = related.with_option_relations(field.queryset)
        return field


class NormalisedTextMixin:
    """Whatever is typed or pasted is stored with the right Romanian letters and no control characters."""

    text_rows = 5

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Field | None:
        field: Field | None = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(db_field, models.TextField) and isinstance(field, CharField):
            field.widget.attrs["rows"] = self.text_rows
        if isinstance(db_field, models.CharField | models.TextField) and isinstance(field, CharField):
            read = field.to_python
            field.to_python = lambda value: normalise(text) if isinstance(text := read(value), str) else text
        return field


class PortalAdmin(
    RulesMixin,
    NormalisedTextMixin,
    OptionLabelsMixin,
    FoldedSearchMixin,
    StepsMixin,
    EditingMixin,
    HistoryMixin,
    ModelAdmin,
):
    """One registered model of the portal.

    A state field is read-only here; ``workflow`` makes its buttons. A record that others need is not deleted:
    the page says what stands in the way.
    """

    list_per_page = 50
    list_filter_submit = True
    list_fullwidth = True
    warn_unsaved_form = True
    save_on_top = False
    # Labels above the fields: beside them they do not fit where fields share a line.
    compressed_fields = False
    # Relations that the label of a choice reads.
    option_relations: tuple[str, ...] = ()
    change_form_outer_before_template = "admin/core/steps.html"
    object_history_template = "admin/core/history.html"

    def option_label(self, record: models.Model) -> str:
        """How the record reads in a list of choices."""
        return str(record)

    def with_option_relations(self, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """The queryset with what ``option_label`` reads, in the same query."""
        return queryset.select_related(*self.option_relations) if self.option_relations else queryset

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        queryset = super().get_queryset(request)
        is_choice = request.resolver_match is not None and request.resolver_match.url_name == "autocomplete"
        return self.with_option_relations(queryset) if is_choice else queryset

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Django's; what it would answer by an error (a year beyond all calendars) is a filter that makes no sense."""
        try:
            return super().get_changelist_instance(request)
        except (OverflowError, ValueError, DataError):
            raise IncorrectLookupParameters from None

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        fields = list(super().get_readonly_fields(request, obj))
        if (
            self.workflow is not None
            and self.workflow.model is self.model
            and self.workflow.field not in fields
        ):
            fields.append(self.workflow.field)
        return fields

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Labels begin with a capital, those of fields that no model has too."""
        form = super().get_form(request, obj, change, **kwargs)
        for field in form.base_fields.values():
            field.label = capfirst(str(field.label)) if field.label else field.label
        return form

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Django's page, which lists what stands in the way; what the database alone knows is said calmly too."""
        try:
            page: HttpResponse = super().delete_view(request, object_id, extra_context)
            return page
        except (ProtectedError, RestrictedError):
            messages.error(
                request, _t("Other records need this one, so it was not deleted. Nothing was changed.")
            )
            return HttpResponseRedirect(
                reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[object_id])
            )


class PortalInlineMixin(RulesMixin, NormalisedTextMixin, OptionLabelsMixin):
    """Rows of another model on a record's page; the rules of that model decide."""

    extra = 0
    tab = True
    show_change_link = False
    # Unfold's pages of rows cut long lists without saying so.
    per_page = None
    text_rows = 2


class PortalTabularInline(PortalInlineMixin, TabularInline):
    pass


class PortalStackedInline(PortalInlineMixin, StackedInline):
    pass


class ReadOnlyMixin:
    """Shown, never typed: official data and history."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyAdmin(ReadOnlyMixin, PortalAdmin):
    pass


class ReadOnlyInline(ReadOnlyMixin, PortalTabularInline):
    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return list(self.fields or ())
