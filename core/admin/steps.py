"""Buttons for the steps of a workflow: a page that explains, a reason, the message that leaves, then POST."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _t

from core.admin.step_form import ShownMail, StepForm, seal
from core.workflow import Transition, TransitionRefusedError, Workflow, history


class StepsMixin:
    """``workflow`` names the table; its steps become buttons for whoever may make them.

    A step from which messages leave (``step_mails``) shows them first; only what was shown leaves. Where they tell the
    reason, the page asks for it and then shows them; elsewhere both stand on one page. When a message would differ by
    then, it is shown again.
    """

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

    def step_mails(self, obj: models.Model, step: Transition, reason: str) -> list[ShownMail] | None:
        """The messages that leave with the step; empty when there is nobody to tell, None when it never sends."""
        return None

    def step_form(self, obj: models.Model, step: Transition, data: Any, *, in_mail: bool) -> StepForm:
        """What the step asks; an app asks more with a form of its own."""
        return StepForm(data, needs_reason=step.needs_reason, in_mail=in_mail)

    def step_missing(self, obj: models.Model, step: Transition) -> list[str]:
        """Sentences that say what is missing before the step."""
        return list(step.blockers(self.workflow_record(obj))) if step.blockers else []

    def step_next(self, obj: models.Model) -> tuple[str, str] | None:
        """Where work goes on after the step, as words and address; None leads back to the record."""
        return None

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
        """GET explains the step and asks; only POST makes it. Whatever is refused keeps what was typed."""
        assert self.workflow is not None  # noqa: S101
        obj = self.get_object(request, unquote(object_id))  # type: ignore[attr-defined]
        transition = self.workflow.transitions.get(step)
        if obj is None or transition is None:
            raise Http404
        record = self.workflow_record(obj)
        if transition.permission is None or not request.user.has_perm(transition.permission, record):
            raise PermissionDenied
        page = StepPage(self, request, obj, transition)
        if request.method == "POST":
            done = page.answer()
            if done is not None:
                return done
        return TemplateResponse(request, "admin/core/step.html", page.context())


class StepPage:
    """One visit to the page of a step: what was typed, what would leave, what stands in the way."""

    def __init__(self, admin: StepsMixin, request: HttpRequest, obj: models.Model, step: Transition) -> None:
        assert admin.workflow is not None  # noqa: S101
        self.admin, self.request, self.obj, self.step = admin, request, obj, step
        self.workflow = admin.workflow
        self.sends = admin.step_mails(obj, step, "")
        self.form = admin.step_form(
            obj, step, request.POST if request.method == "POST" else None, in_mail=bool(self.sends)
        )
        # What leaves with a step does not always hang on what is typed: then it is shown at once.
        self.at_once = bool(self.sends) and not self.form.in_mail
        self.mails: list[ShownMail] | None = self.sends if self.at_once else None
        self.refusal = ""
        self.changed = False

    @property
    def source(self) -> str:
        return str(getattr(self.admin.workflow_record(self.obj), self.workflow.field))

    def answer(self) -> HttpResponse | None:
        """Where the browser goes when the step was made; None when the page is shown, with what came of it."""
        if self.source not in self.step.sources:
            self.refusal = _t("This step is no longer possible: the record is now “%(state)s”.") % {
                "state": self.workflow.label(self.source)
            }
            return None
        if not self.form.is_valid() or "edit" in self.request.POST:
            return None
        reason = self.form.full_reason()
        missing = self.admin.step_missing(self.obj, self.step)
        if missing:
            self.refusal = " ".join(missing)
            return None
        if self.sends:
            mails = self.admin.step_mails(self.obj, self.step, reason) or []
            seen = self.request.POST.get("seen", "")
            if seen != seal(mails):
                self.mails, self.changed = mails, bool(seen)
                return None
        return self._make(reason)

    def _make(self, reason: str) -> HttpResponse | None:
        try:
            saved = self.admin.perform_step(self.request, self.obj, self.step, reason)
        except TransitionRefusedError as error:
            self.refusal = str(error)
            return None
        state = self.workflow.label(getattr(saved, self.workflow.field))
        following = self.admin.step_next(self.obj) if "next" in self.request.POST else None
        if following is not None:
            # On the page of another record the sentence has to say of which it speaks.
            done = _t("Done: the state of “%(record)s” is now “%(state)s”.")
            messages.success(self.request, done % {"record": self.obj, "state": state})
            return HttpResponseRedirect(following[1])
        messages.success(self.request, _t("Done: the state is now “%(state)s”.") % {"state": state})
        return HttpResponseRedirect(self.record_url)

    @property
    def record_url(self) -> str:
        opts = self.admin.opts
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[self.obj.pk])

    def context(self) -> dict[str, Any]:
        """What the template shows; the state is asked anew after a refusal, since that may be its cause."""
        record = self.admin.workflow_record(self.obj)
        if self.refusal:
            record.refresh_from_db(fields=[self.workflow.field])
        is_possible = self.source in self.step.sources
        following = self.admin.step_next(self.obj)
        return {
            **self.admin.admin_site.each_context(self.request),
            "opts": self.admin.opts,
            "title": f"{self.step.label}: {self.obj}",
            "object": self.obj,
            "step": self.step,
            "source": self.workflow.label(self.source),
            "target": self.workflow.label(self.step.target),
            "is_possible": is_possible,
            "made": None if is_possible else history(record).first(),
            "missing": self.admin.step_missing(self.obj, self.step) if is_possible else [],
            "form": self.form,
            "sends": self.sends,
            "mails": self.mails,
            "at_once": self.at_once,
            "seal": seal(self.mails or []),
            "changed": self.changed,
            "next_label": following[0] if following else "",
            "refusal": self.refusal,
            "change_url": self.record_url,
        }
