"""Reports of readers: read, looked into, closed with an answer that staff see before it leaves."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter

from core.admin import PortalAdmin
from core.admin.step_form import ShownMail
from core.workflow import Transition
from organisations.admin.letters import shown
from organisations.emails.moderation import report_letters
from organisations.models import RecordReport
from organisations.services.reports import decide_report
from organisations.workflow import REPORT_WORKFLOW


@admin.register(RecordReport)
class RecordReportAdmin(PortalAdmin):
    """What was written is never changed; its state is."""

    workflow = REPORT_WORKFLOW
    list_display = ("reference", "created_at", "reason", "organisation", "beginning", "status")
    list_select_related = ("organisation",)
    list_filter = (
        ("status", ChoicesDropdownFilter),
        ("reason", ChoicesDropdownFilter),
        ("organisation__county", AutocompleteSelectFilter),
    )
    search_fields = ("message", "email", "organisation__search_text")
    search_help_text = _("Words of the report, address of the sender, name of the organisation")
    ordering = ("-created_at", "-pk")
    date_hierarchy = "created_at"
    fieldsets = (
        (None, {"fields": ("reference", "created_at", "about", "reason", "message_shown")}),
        (
            _("Answer"),
            {
                "fields": ("answer_to", "language", "status", "handled_at"),
                "description": _(
                    "First put right what is wrong on the organisation's page, then press a button above: what you "
                    "write there is the answer."
                ),
            },
        ),
    )
    readonly_fields = (
        "reference",
        "created_at",
        "about",
        "reason",
        "message_shown",
        "answer_to",
        "language",
        "status",
        "handled_at",
    )

    def perform_step(self, request: HttpRequest, obj: Any, step: Transition, reason: str) -> models.Model:
        return decide_report(report=obj, step=step.name, actor=request.user, reason=reason)

    def step_mails(self, obj: Any, step: Transition, reason: str) -> list[ShownMail]:
        return shown(report_letters(report=obj, step=step.name, reason=reason))

    def step_next(self, obj: Any) -> tuple[str, str] | None:
        following = RecordReport.objects.waiting().exclude(pk=obj.pk).first()
        if following is None:
            return None
        return _t("Next report"), reverse("admin:organisations_recordreport_change", args=[following.pk])

    @admin.display(description=_("number"), ordering="pk")
    def reference(self, report: RecordReport) -> str:
        return report.reference

    @admin.display(description=_("message"))
    def beginning(self, report: RecordReport) -> str:
        return Truncator(report.message).chars(90)

    @admin.display(description=_("message"))
    def message_shown(self, report: RecordReport) -> str:
        return format_html('<div class="mail-text">{}</div>', report.message)

    @admin.display(description=_("organisation"))
    def about(self, report: RecordReport) -> str:
        """The record in the admin and its public page."""
        organisation = report.organisation
        return format_html(
            '<span class="record-links"><a href="{}">{}</a> · <a href="{}">{}</a></span>',
            reverse("admin:organisations_organisation_change", args=[organisation.pk]),
            organisation,
            organisation.get_absolute_url(),
            _t("public page"),
        )

    @admin.display(description=_("e-mail address for the answer"))
    def answer_to(self, report: RecordReport) -> str:
        return report.email or _t("The sender left no address.")
