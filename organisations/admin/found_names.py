"""The workbench of names found in documents: which organisation each means, decided one by one or many at once."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter

from core.admin import PortalAdmin
from organisations.choices import FoundNameStatus
from organisations.models import FoundName, Organisation
from organisations.selectors.found_names import open_names
from organisations.services.found_names import Joined, ignore_names, join_names, record_name


@admin.register(FoundName)
class FoundNameAdmin(PortalAdmin):
    """What a document prints is typed once; what it means is decided by the pages and actions here."""

    list_display = ("name", "source", "place", "status", "organisation", "decided_by")
    list_select_related = ("organisation", "decided_by")
    list_filter = (
        ("status", ChoicesDropdownFilter),
        ("organisation", AutocompleteSelectFilter),
    )
    search_fields = ("folded", "source", "organisation__search_text")
    search_help_text = _("The printed name, the document or the organisation")
    ordering = ("status", "folded", "pk")
    fields = ("name", ("source", "place"), ("status", "organisation"), ("decided_at", "decided_by"))
    readonly_fields = ("status", "organisation", "decided_at", "decided_by")
    actions = ("join_chosen", "record_chosen", "ignore_chosen")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.workbench_view)
        return [path("workbench/", view, name="organisations_foundname_workbench"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        waiting = FoundName.objects.filter(status=FoundNameStatus.OPEN).count()
        if waiting and request.method == "GET" and self.has_change_permission(request):
            words = ngettext(
                "%(count)d name waits to be joined.", "%(count)d names wait to be joined.", waiting
            )
            extra_context = {
                **(extra_context or {}),
                "workbench_url": reverse("admin:organisations_foundname_workbench"),
                "workbench_words": words % {"count": waiting},
            }
        return super().changelist_view(request, extra_context)

    list_before_template = "admin/organisations/found_waiting.html"

    def workbench_view(self, request: HttpRequest) -> HttpResponse:
        """Twenty open names a page with what they may mean; the decisions of a page are sent together."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            self._decide(request)
            return HttpResponseRedirect(request.get_full_path())
        after = request.GET.get("after", "")
        names = open_names(after=int(after) if after.isdecimal() and len(after) < 12 else 0)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _t("Names to join to organisations"),
            "names": names,
            "last": names[-1].found.pk if names else 0,
            "may_record": request.user.has_perm("organisations.add_organisation"),
            "list_url": reverse("admin:organisations_foundname_changelist"),
        }
        return TemplateResponse(request, "admin/organisations/found_names.html", context)

    @admin.action(description=_("Join the chosen names to an organisation"), permissions=["change"])
    def join_chosen(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        """Asks which organisation, then joins."""
        form = self._join_form(request, request.POST if "join" in request.POST else None)
        if "join" in request.POST and form.is_valid():
            self._tell(
                request,
                join_names(
                    names=queryset, organisation=form.cleaned_data["organisation"], actor=request.user
                ),
            )
            return None
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _t("Join names to an organisation"),
            "names": queryset.select_related("organisation"),
            "checkbox_name": ACTION_CHECKBOX_NAME,
            "action_name": "join_chosen",
            "back_url": reverse("admin:organisations_foundname_changelist"),
            "form": form,
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/organisations/join_names.html", context)

    @admin.action(
        description=_("Record each chosen name as an organisation of its own"), permissions=["change"]
    )
    def record_chosen(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        if not request.user.has_perm("organisations.add_organisation"):
            raise PermissionDenied
        waiting = [found for found in queryset if found.status == FoundNameStatus.OPEN]
        for found in waiting:
            record_name(found=found, actor=request.user)
        self._tell(request, Joined(len(waiting)))

    @admin.action(description=_("The chosen names mean no organisation"), permissions=["change"])
    def ignore_chosen(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self._tell(request, ignore_names(names=queryset, actor=request.user))

    def _join_form(self, request: HttpRequest, data: Any) -> forms.Form:
        form = forms.Form(data)
        field = self.formfield_for_foreignkey(self.opts.get_field("organisation"), request)
        field.label, field.required = capfirst(field.label), True
        field.help_text = _("Write a part of the name; seat and CUI tell namesakes apart.")
        form.fields["organisation"] = field
        return form

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "organisation":
            widget = AutocompleteSelect(db_field, self.admin_site)
            kwargs.setdefault("widget", widget)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def _decide(self, request: HttpRequest) -> None:
        """What the workbench sent; a name that somebody decided meanwhile is left as it is, and told."""
        result, late = Joined(), []
        for key, value in request.POST.items():
            number = key.removeprefix("name-")
            if not key.startswith("name-") or not number.isdecimal() or len(number) > 11 or not value:
                continue
            found = FoundName.objects.filter(pk=int(number)).first()
            if found is None or found.status != FoundNameStatus.OPEN:
                late.append(found.name if found else number)
                continue
            done = self._decide_one(request, found, value)
            result.decided += done.decided
            result.stayed += done.stayed
        if late:
            messages.warning(
                request,
                _t("Somebody decided these meanwhile, so they stayed: %(names)s.")
                % {"names": ", ".join(late)},
            )
        self._tell(request, result)

    def _decide_one(self, request: HttpRequest, found: FoundName, value: str) -> Joined:
        if value == "ignore":
            return ignore_names(names=[found], actor=request.user)
        if value == "new" and request.user.has_perm("organisations.add_organisation"):
            record_name(found=found, actor=request.user)
            return Joined(1)
        if value.isdecimal() and len(value) < 12:
            organisation = Organisation.objects.filter(pk=int(value)).first()
            if organisation is not None:
                return join_names(names=[found], organisation=organisation, actor=request.user)
        return Joined()

    def _tell(self, request: HttpRequest, result: Joined) -> None:
        words = ngettext("%(count)d name was decided.", "%(count)d names were decided.", result.decided)
        (messages.success if result.decided else messages.info)(request, words % {"count": result.decided})
        if result.stayed:
            messages.warning(
                request, _t("Some things stayed where they were:") + " " + " ".join(result.stayed)
            )
