"""Messages of the public: read, answered by mail, then marked."""

from typing import Any

from django.contrib import admin
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.text import Truncator
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from core.admin import PortalAdmin
from core.pages.models import Feedback
from core.pages.workflow import FEEDBACK_WORKFLOW


@admin.register(Feedback)
class FeedbackAdmin(PortalAdmin):
    """What was written is never changed; its state is."""

    workflow = FEEDBACK_WORKFLOW
    list_display = ("reference", "created_at", "kind", "beginning", "status")
    list_filter = (("status", ChoicesDropdownFilter), ("kind", ChoicesDropdownFilter))
    search_fields = ("message", "email", "page_address")
    search_help_text = _("Words of the message, address of the sender or of the page")
    date_hierarchy = "created_at"
    fieldsets = (
        (None, {"fields": ("reference", "kind", "created_at", "message", "page_address")}),
        (
            _("Answer"),
            {
                "fields": ("answer_to", "language", "status", "handled_at"),
                "description": _("Answer by e-mail, then press “Mark as answered” above."),
            },
        ),
    )
    readonly_fields = (
        "reference",
        "kind",
        "created_at",
        "message",
        "page_address",
        "answer_to",
        "language",
        "status",
        "handled_at",
    )

    @admin.display(description=_("message"))
    def beginning(self, message: Feedback) -> str:
        return Truncator(message.message).chars(90)

    @admin.display(description=_("e-mail address for the answer"))
    def answer_to(self, message: Feedback) -> Any:
        if not message.email:
            return _t("The sender left no address.")
        subject = urlencode({"subject": message.reference})
        return format_html('<a href="mailto:{}?{}">{}</a>', message.email, subject, message.email)

    @admin.display(description=_("number"), ordering="pk")
    def reference(self, message: Feedback) -> str:
        return message.reference
