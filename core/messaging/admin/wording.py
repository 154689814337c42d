"""The words of mails: every kind in both languages, written anew, seen before they are kept, given back."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from core.accounts.choices import Language
from core.admin import PortalAdmin
from core.messaging.admin.outbox import mail_frame
from core.messaging.kinds import MailKind, kind_named, kinds
from core.messaging.models import Wording
from core.messaging.services import preview_message
from core.messaging.services.deciding import restore_own_wording
from core.messaging.wording import Words, faults_in, own_words
from core.text import normalise, order_key


class WordingForm(forms.ModelForm[Wording]):
    """Refuses words whose placeholders the kind does not know, or that lost a link without which they are no use."""

    class Meta:
        model = Wording
        fields = ("kind", "language", "subject", "body")
        widgets = {"subject": UnfoldAdminTextInputWidget()}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind = kind_named(cleaned.get("kind") or self.instance.kind)
        if kind is None:
            raise ValidationError(_t("There is no such kind of mail."))
        if "subject" in cleaned and "body" in cleaned:
            faults = faults_in(kind, Words(cleaned["subject"], cleaned["body"]))
            if faults:
                raise ValidationError(faults)
        return cleaned


@admin.register(Wording)
class WordingAdmin(PortalAdmin):
    """What staff write takes the place of the portal's own words in mails that are written from then on."""

    form = WordingForm
    list_display = ("kind_label", "language", "subject", "updated_by", "updated_at")
    list_filter = (("language", ChoicesDropdownFilter),)
    search_fields = ("kind", "subject", "body")
    list_before_template = "admin/messaging/kinds.html"
    change_form_before_template = "admin/messaging/placeholders.html"
    change_form_after_template = "admin/messaging/buttons.html"
    fields = ("kind", "language", "subject", "body")
    text_rows = 16

    @admin.display(description=_("kind"), ordering="kind")
    def kind_label(self, wording: Wording) -> str:
        kind = kind_named(wording.kind)
        return str(kind.label) if kind else wording.kind

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["kind_label" if obj is not None else "kind", "language", "subject", "body"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        fixed = ["kind_label", "language"] if obj is not None else []
        return [*super().get_readonly_fields(request, obj), *fixed]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "kind":
            choices = [("", "—"), *((kind.name, str(kind.label)) for kind in kinds())]
            db_field_form = super().formfield_for_dbfield(db_field, request, **kwargs)
            return forms.ChoiceField(
                choices=choices, label=db_field_form.label, widget=UnfoldAdminSelectWidget()
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        view, name = self.admin_site.admin_view, "messaging_wording"
        own = view(require_POST(self.own_words_view))
        return [
            path("preview/", view(require_POST(self.preview_view)), name=f"{name}_preview"),
            path("<int:number>/own-words/", own, name=f"{name}_own_words"),
            *super().get_urls(),
        ]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Writing begins with the portal's own words."""
        kind, language = kind_named(request.GET.get("kind", "")), request.GET.get("language")
        if kind is None or language not in Language.values:
            return {}
        words = own_words(kind, language)
        return {"kind": kind.name, "language": language, "subject": words.subject, "body": words.body}

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.updated_by = request.user
        super().save_model(request, obj, form, change)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        written = {(row.kind, row.language): row for row in Wording.objects.all()}
        add = reverse("admin:messaging_wording_add")
        rows = []
        for kind in sorted(kinds(), key=lambda each: order_key(str(each.label))):
            links = []
            for language in Language:
                row = written.get((kind.name, language))
                query = urlencode({"kind": kind.name, "language": language})
                url = reverse("admin:messaging_wording_change", args=[row.pk]) if row else f"{add}?{query}"
                links.append({"language": language.label, "url": url, "is_own": row is None})
            rows.append({"label": kind.label, "name": kind.name, "links": links})
        shown = rows if self.has_change_permission(request) else []
        page: HttpResponse = super().changelist_view(request, {"mail_kinds": shown, **(extra_context or {})})
        return page

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        wording = kwargs.get("obj")
        known = {"kind": wording.kind, "language": wording.language} if wording else {}
        asked = known.get("kind") or request.POST.get("kind") or request.GET.get("kind", "")
        kind = kind_named(asked)
        context["placeholders"] = dict(kind.placeholders) if kind else {}
        if self.has_change_permission(request, wording):
            context["preview_url"] = f"{reverse('admin:messaging_wording_preview')}?{urlencode(known)}"
            if wording:
                context["own_words_url"] = reverse("admin:messaging_wording_own_words", args=[wording.pk])
        page: HttpResponse = super().render_change_form(request, context, *args, **kwargs)
        return page

    def preview_view(self, request: HttpRequest) -> HttpResponse:
        """The mail as these words would make it, with samples for values; nothing is kept."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        asked = {**request.POST.dict(), **request.GET.dict()}
        kind, language = kind_named(asked.get("kind", "")), asked.get("language")
        if kind is None or language not in Language.values:
            raise Http404
        words = Words(normalise(asked.get("subject", ""))[:200], normalise(asked.get("body", ""))[:10_000])
        faults = faults_in(kind, words)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _t("Preview: %(kind)s") % {"kind": kind.label},
            "faults": faults,
            **({} if faults else self._drawn(kind, language, words)),
        }
        return TemplateResponse(request, "admin/messaging/preview.html", context)

    def _drawn(self, kind: MailKind, language: str, words: Words) -> dict[str, Any]:
        mail = preview_message(kind=kind, values=kind.samples, language=language, words=words)
        return {"mail": mail, "frame": mail_frame(mail.html)}

    def own_words_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """Gives the kind back to the portal's own words."""
        wording = self.get_object(request, str(number))
        if wording is None:
            raise Http404
        if not self.has_change_permission(request, wording):
            raise PermissionDenied
        restore_own_wording(wording=wording, by=request.user)
        messages.success(request, _t("The mail has the portal's own words again."))
        return HttpResponseRedirect(reverse("admin:messaging_wording_changelist"))
