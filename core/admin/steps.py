"""Buttons for the steps of a workflow: a page that explains, a reason, then POST."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget

from core.workflow import Transition, TransitionRefusedError, Workflow


class StepForm(forms.Form):
    """Why the step is made; kept in the record's history."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        required=False,
        strip=True,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 4}),
        help_text=_("It stays in the record's history, where the other members of staff can read it."),
    )

    def __init__(self, *args: Any, needs_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = needs_reason
        if needs_reason:
            self.fields["reason"].error_messages["required"] = _("Please write the reason.")


class StepsMixin:
    """``workflow`` names the table; its steps become buttons for whoever may make them."""

    workflow: Workflow | None = None
    model: type[models.Model]
    opts: Any
    admin_site: Any

    def workflow_record(self, obj: models.Model) -> models.Model:
        """The record that carries the state; another one where the state is of a part (a meeting)."""
        return obj

    def perform_step(
        self, request: HttpRequest, obj: models.Model, step: Transition, reason: str
    ) -> models.Model:
        """Make the step; raises TransitionRefusedError. An app overrides it when a service does more."""
        assert self.workflow is not None  # noqa: S101
        return self.workflow.perform(self.workflow_record(obj), step.name, actor=request.user, reason=reason)

    def get_urls(self) -> list[URLPattern]:
        urls: list[URLPattern] = super().get_urls()
        if self.workflow is None:
            return urls
        name = f"{self.opts.app_label}_{self.opts.model_name}_step"
        view = self.admin_site.admin_view(self.step_view)
        return [path("<path:object_id>/step/<slug:step>/", view, name=name), *urls]

    def steps(self, request: HttpRequest, obj: models.Model) -> list[dict[str, Any]]:
        """Buttons of the change page."""
        if self.workflow is None:
            return []
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_step"
        return [
            {"label": step.label, "url": reverse(name, args=[obj.pk, step.name])}
            for step in self.workflow.available(self.workflow_record(obj), request.user)
        ]

    def state_label(self, obj: models.Model) -> str:
        """The record's state in words, empty without a workflow."""
        if self.workflow is None:
            return ""
        return self.workflow.label(getattr(self.workflow_record(obj), self.workflow.field))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        obj = kwargs.get("obj")
        shown = obj is not None and obj.pk is not None and not context.get("is_popup")
        context["steps"] = self.steps(request, obj) if shown else []
        context["state_label"] = self.state_label(obj) if shown else ""
        page: HttpResponse = super().render_change_form(request, context, *args, **kwargs)
        return page

    def step_view(self, request: HttpRequest, object_id: str, step: str) -> HttpResponse:
        """GET explains the step and asks; only POST makes it. A refusal keeps the reason that was typed."""
        assert self.workflow is not None  # noqa: S101
        obj = self.get_object(request, unquote(object_id))  # type: ignore[attr-defined]
        transition = self.workflow.transitions.get(step)
        if obj is None or transition is None:
            raise Http404
        record = self.workflow_record(obj)
        if transition.permission is None or not request.user.has_perm(transition.permission, record):
            raise PermissionDenied
        change_url = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[obj.pk])
        form = StepForm(
            request.POST if request.method == "POST" else None, needs_reason=transition.needs_reason
        )
        refusal = ""
        if request.method == "POST" and form.is_valid():
            try:
                saved = self.perform_step(request, obj, transition, form.cleaned_data["reason"])
            except TransitionRefusedError as error:
                refusal = str(error)
            else:
                state = self.workflow.label(getattr(saved, self.workflow.field))
                messages.success(request, _t("Done: the state is now “%(state)s”.") % {"state": state})
                return HttpResponseRedirect(change_url)
        return TemplateResponse(
            request,
            "admin/core/step.html",
            self._step_context(request, obj, transition, form, refusal, change_url),
        )

    def _step_context(
        self,
        request: HttpRequest,
        obj: models.Model,
        transition: Transition,
        form: StepForm,
        refusal: str,
        url: str,
    ) -> dict[str, Any]:
        assert self.workflow is not None  # noqa: S101
        record = self.workflow_record(obj)
        source = getattr(record, self.workflow.field)
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"{transition.label}: {obj}",
            "object": obj,
            "step": transition,
            "source": self.workflow.label(source),
            "target": self.workflow.label(transition.target),
            "is_possible": source in transition.sources,
            "missing": list(transition.blockers(record)) if transition.blockers else [],
            "form": form,
            "refusal": refusal,
            "change_url": url,
        }
