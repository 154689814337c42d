"""Messages of the public: read, answered by mail, then marked. Texts of pages: written, seen before they are kept."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.text import Truncator
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.http import require_POST
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from core.accounts.choices import Language
from core.admin import PortalAdmin
from core.markdown import render_markdown
from core.pages.choices import PageKey
from core.pages.models import Feedback, PageText
from core.pages.own_words import own_words
from core.pages.services import restore_own_words
from core.pages.workflow import FEEDBACK_WORKFLOW
from core.text import normalise


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


@admin.register(PageText)
class PageTextAdmin(PortalAdmin):
    """A text is written anew from the portal's own words, seen as a page by POST, and given back to them."""

    list_display = ("__str__", "whose", "updated_at")
    list_filter = (("key", ChoicesDropdownFilter), ("language", ChoicesDropdownFilter))
    list_before_template = "admin/pages/texts_unwritten.html"
    change_form_after_template = "admin/pages/text_buttons.html"
    fields = ("key", "language", "body")
    text_rows = 24

    @admin.display(description=_("whose words"))
    def whose(self, text: PageText) -> str:
        return _t("written by the team") if text.body.strip() else _t("the portal's own")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        fixed = ["key", "language"] if obj is not None else []
        return [*super().get_readonly_fields(request, obj), *fixed]

    def get_urls(self) -> list[URLPattern]:
        view, name = self.admin_site.admin_view, "pages_pagetext"
        return [
            path("preview/", view(self.preview_view), name=f"{name}_preview"),
            path(
                "<int:number>/own-words/", view(require_POST(self.own_words_view)), name=f"{name}_own_words"
            ),
            *super().get_urls(),
        ]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Writing begins with what the page says now."""
        key, language = request.GET.get("key"), request.GET.get("language")
        if key not in PageKey.values or language not in Language.values:
            return {}
        return {"key": key, "language": language, "body": own_words(PageKey(key), language)}

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Words that are the portal's own are not kept a second time, so that they go on changing with it."""
        if obj.body.split() == own_words(PageKey(obj.key), obj.language).split():
            obj.body = ""
        super().save_model(request, obj, form, change)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        rows = set(PageText.objects.values_list("key", "language"))
        add = reverse("admin:pages_pagetext_add")
        unwritten = [
            {
                "label": f"{key.label} ({language.label})",
                "url": f"{add}?{urlencode({'key': key, 'language': language})}",
            }
            for key in PageKey
            for language in Language
            if (key, language) not in rows
        ]
        shown = unwritten if self.has_add_permission(request) else []
        page: HttpResponse = super().changelist_view(request, {"unwritten": shown, **(extra_context or {})})
        return page

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        text = kwargs.get("obj")
        if text and not text.body.strip() and "body" in context["adminform"].form.fields:
            context["adminform"].form.initial["body"] = own_words(PageKey(text.key), text.language)
        if self.has_change_permission(request, text):
            known = urlencode({"key": text.key, "language": text.language}) if text else ""
            context["preview_url"] = f"{reverse('admin:pages_pagetext_preview')}?{known}"
            if text and text.body.strip():
                context["own_words_url"] = reverse("admin:pages_pagetext_own_words", args=[text.pk])
        page: HttpResponse = super().render_change_form(request, context, *args, **kwargs)
        return page

    def preview_view(self, request: HttpRequest) -> HttpResponse:
        """The text as its page would show it; nothing is kept. Asked for without a text, it leads to the list."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseRedirect(reverse("admin:pages_pagetext_changelist"))
        asked = {**request.POST.dict(), **request.GET.dict()}
        key, language = asked.get("key"), asked.get("language")
        if key not in PageKey.values or language not in Language.values:
            raise Http404
        body = normalise(asked.get("body", ""))[: PageText.MOST_CHARACTERS]
        with override(language):
            context = {
                "heading": PageKey(key).label,
                "written": render_markdown(body) if body.strip() else "",
                "own_template": f"pages/texts/{key}.html",
                "contact_email": settings.CONTACT_EMAIL,
            }
            return render(request, "pages/text_preview.html", context)

    def own_words_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """Gives the place back to the portal's own words; the history keeps what was written."""
        text = self.get_object(request, str(number))
        if text is None:
            raise Http404
        if not self.has_change_permission(request, text):
            raise PermissionDenied
        restore_own_words(text=text, by=request.user)
        messages.success(request, _t("The page shows the portal's own words again."))
        return HttpResponseRedirect(reverse("admin:pages_pagetext_changelist"))
