"""The outbox: what left, what waits, what failed and why; staff send again or send no more."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter

from core.admin import ReadOnlyAdmin, ReadOnlyInline
from core.messaging.kinds import kind_named, kinds
from core.messaging.models import Attempt, Message, MessageAttachment
from core.messaging.services.deciding import decide_message
from core.messaging.workflow import MESSAGE_WORKFLOW
from core.text import order_key
from core.workflow import Transition


class KindFilter(DropdownFilter):
    """Kinds by their labels; those that a release no longer has are found by search of the page."""

    title = _("kind")
    parameter_name = "fel"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return sorted(((kind.name, str(kind.label)) for kind in kinds()), key=lambda each: order_key(each[1]))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Message]) -> QuerySet[Message]:
        known = self.value() and kind_named(self.value() or "")
        return queryset.filter(kind=self.value()) if known else queryset


class CareFilter(DropdownFilter):
    """What needs a look: the lists that the start page counts."""

    title = _("needs a look")
    parameter_name = "asteapta"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("intarziate", _("due for more than 15 minutes")),
            ("nesigure", _("perhaps sent, waiting for a decision")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "intarziate":
            return queryset.late(timezone.now())
        return queryset.waiting_for_staff() if self.value() == "nesigure" else queryset


class AttemptInline(ReadOnlyInline):
    model = Attempt
    fields = ("number", "started_at", "ended_at", "outcome", "answer")
    ordering = ("-number",)


class AttachmentInline(ReadOnlyInline):
    model = MessageAttachment
    fields = ("name", "content_type", "size")

    @admin.display(description=_("size"))
    def size(self, attachment: MessageAttachment) -> str:
        return filesizeformat(len(attachment.content))


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    """What was written is never changed; whether it leaves is."""

    workflow = MESSAGE_WORKFLOW
    list_display = ("subject_or_kind", "to", "kind_label", "status", "created_at", "sent_at")
    list_filter = (("status", ChoicesDropdownFilter), KindFilter, CareFilter)
    search_fields = ("to", "subject")
    search_help_text = _("E-mail address or words of the subject")
    date_hierarchy = "created_at"
    inlines = (AttemptInline, AttachmentInline)
    fieldsets = (
        (None, {"fields": ("subject", "to", "kind_label", "language", "about_record")}),
        (_("As it is read"), {"fields": ("html_part",)}),
        (_("As plain text"), {"fields": ("text_part",)}),
        (
            _("On its way"),
            {
                "fields": (
                    "status",
                    "stop_reason",
                    "created_at",
                    "next_attempt_at",
                    "sent_at",
                    "stopped_at",
                    "attempts",
                    "message_id",
                )
            },
        ),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [name for _title, options in self.fieldsets for name in options["fields"]]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Message]:
        """Lists do not read the words of a thousand mails."""
        found = super().get_queryset(request)
        is_list = request.resolver_match is not None and request.resolver_match.url_name.endswith(
            "_changelist"
        )
        return found.defer("text", "html") if is_list else found

    def perform_step(self, request: HttpRequest, obj: Any, step: Transition, reason: str) -> Message:
        return decide_message(message=obj, step=step.name, actor=request.user, reason=reason)

    @admin.display(description=_("subject"), ordering="subject")
    def subject_or_kind(self, message: Message) -> str:
        return message.subject or self.kind_label(message)

    @admin.display(description=_("kind"), ordering="kind")
    def kind_label(self, message: Message) -> str:
        kind = kind_named(message.kind)
        return str(kind.label) if kind else message.kind

    @admin.display(description=_("about"))
    def about_record(self, message: Message) -> str:
        return str(message.about or "—")

    @admin.display(description=_("HTML"))
    def html_part(self, message: Message) -> Any:
        return mail_frame(message.html, _erased(message))

    @admin.display(description=_("text"))
    def text_part(self, message: Message) -> Any:
        return (
            format_html('<pre class="mail-plain">{}</pre>', message.text)
            if message.text
            else _erased(message)
        )


def mail_frame(html: str, instead: str = "") -> Any:
    """The HTML part in a frame of its own where nothing can run and no link can be followed."""
    if not html:
        return instead
    # Escaped although templates call it safe: here it is the value of an attribute.
    return format_html(
        '<iframe class="mail-frame" sandbox="" srcdoc="{}" title="{}"></iframe>',
        escape(html),
        _t("The mail as it is read"),
    )


def _erased(message: Message) -> str:
    if message.sensitive:
        return _t("The text was erased once the mail was sent: it carried a code or a link for signing in.")
    return _t("The text was erased.")
