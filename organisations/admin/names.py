"""Other names of organisations: staff move one to the organisation that it belongs to."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, DropdownFilter

from core.admin import ExchangeMixin, PortalAdmin
from organisations.imports import NameImport
from organisations.models import Organisation, OrganisationName
from organisations.spreadsheets import NameExport


class SharedNameFilter(DropdownFilter):
    """Names that stand at more than one organisation: perhaps one of them is misplaced."""

    title = _("same name elsewhere")
    parameter_name = "acelasi"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("da", _("Yes")), ("nu", _("No"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "da":
                return queryset.filter(stands_elsewhere=True)
            case "nu":
                return queryset.filter(stands_elsewhere=False)
        return queryset


@admin.register(OrganisationName)
class OrganisationNameAdmin(ExchangeMixin, PortalAdmin):
    export_resource = NameExport
    import_resource = NameImport
    list_display = ("name", "kind", "organisation", "source", "elsewhere")
    list_select_related = ("organisation",)
    list_filter = (
        ("kind", ChoicesDropdownFilter),
        SharedNameFilter,
        ("organisation", AutocompleteSelectFilter),
    )
    search_fields = ("folded", "organisation__search_text")
    search_help_text = _("The printed name or the organisation's")
    ordering = ("folded", "pk")
    autocomplete_fields = ("organisation",)
    fields = ("name", "organisation", ("kind", "source"), ("valid_from", "valid_to"))
    actions = ("join_to_organisation",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        others = OrganisationName.objects.filter(folded=OuterRef("folded")).exclude(
            organisation=OuterRef("organisation")
        )
        return super().get_queryset(request).annotate(stands_elsewhere=Exists(others))

    @admin.display(description=_("same name elsewhere"), boolean=True)
    def elsewhere(self, name: Any) -> bool:
        return bool(name.stands_elsewhere)

    @admin.action(description=_("Join the chosen names to another organisation"), permissions=["change"])
    def join_to_organisation(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        """Asks which organisation, then moves the names; one that it has already stays where it is."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        form = self._join_form(request, request.POST if "join" in request.POST else None)
        if "join" in request.POST and form.is_valid():
            self._join(request, queryset, form.cleaned_data["organisation"])
            return None
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _t("Join names to an organisation"),
            "names": queryset.select_related("organisation"),
            "checkbox_name": ACTION_CHECKBOX_NAME,
            "action_name": "join_to_organisation",
            "back_url": reverse("admin:organisations_organisationname_changelist"),
            "form": form,
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/organisations/join_names.html", context)

    def _join_form(self, request: HttpRequest, data: Any) -> forms.Form:
        form = forms.Form(data)
        field = self.formfield_for_foreignkey(self.opts.get_field("organisation"), request)
        field.label = capfirst(field.label)
        field.help_text = _("Write a part of the name; seat and CUI tell namesakes apart.")
        form.fields["organisation"] = field
        return form

    def _join(self, request: HttpRequest, queryset: QuerySet[Any], organisation: Organisation) -> None:
        moved, kept = 0, []
        for name in queryset.exclude(organisation=organisation):
            before = str(name.organisation)
            name.organisation = organisation
            try:
                with transaction.atomic():
                    name.save(update_fields=["organisation"])
            except IntegrityError:
                kept.append(name.name)
                continue
            self.log_change(request, name, _t("Moved from “%(organisation)s”.") % {"organisation": before})
            moved += 1
        messages.success(
            request,
            ngettext(
                "%(count)d name was joined to “%(organisation)s”.",
                "%(count)d names were joined to “%(organisation)s”.",
                moved,
            )
            % {"count": moved, "organisation": organisation},
        )
        if kept:
            messages.warning(
                request,
                _t("It had these names already, so they stayed: %(names)s.") % {"names": ", ".join(kept)},
            )
