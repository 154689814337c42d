"""Requests to the registry: the queue, the page of one with all that a decision needs, and the decisions."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, DropdownFilter

from core.admin import ReadOnlyAdmin
from core.admin.step_form import ShownMail, StepForm
from core.workdays import start_of_waiting, working_days_since
from core.workflow import Transition
from organisations.admin.decisions import ReturnForm
from organisations.admin.letters import shown
from organisations.choices import SubmissionKind, SubmissionStatus
from organisations.emails.moderation import decision_letters
from organisations.models import Submission
from organisations.questions import read_answers
from organisations.selectors.moderation import (
    DECIDED_WITHIN,
    count_kinds,
    count_work,
    lodged_requests,
    next_waiting,
)
from organisations.services.looking import note_look
from organisations.services.moderation import DECISIONS, decide_submission, first_due
from organisations.services.reviewing import review
from organisations.workflow import SUBMISSION_WORKFLOW, missing_for_listing

WAITING = "asteapta"
LATE = "intarziate"


class QueueFilter(DropdownFilter):
    """What waits, unless something else is chosen."""

    title = _("state")
    parameter_name = "starea"
    all_option = None
    _states = {
        WAITING: SubmissionStatus.LODGED,
        "returnate": SubmissionStatus.RETURNED,
        "acceptate": SubmissionStatus.ACCEPTED,
        "respinse": SubmissionStatus.REJECTED,
        "retrase": SubmissionStatus.WITHDRAWN,
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            (WAITING, SubmissionStatus.LODGED.label),
            (LATE, _("Waiting for too long")),
            *((word, state.label) for word, state in self._states.items() if word != WAITING),
            ("toate", _("All")),
        ]

    def value(self) -> str:
        return super().value() or WAITING

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value()
        if chosen == "toate":
            return queryset
        if chosen == LATE:
            limit = start_of_waiting(timezone.now(), DECIDED_WITHIN)
            return queryset.filter(status=SubmissionStatus.LODGED, waits_since__lt=limit)
        return queryset.filter(status=self._states.get(chosen, SubmissionStatus.LODGED))


@admin.register(Submission)
class SubmissionAdmin(ReadOnlyAdmin):
    """Answers are never changed here; a request is decided by its buttons."""

    workflow = SUBMISSION_WORKFLOW
    list_display = ("name_shown", "kind_shown", "county", "age", "applicant", "status")
    list_filter = (
        QueueFilter,
        ("kind", ChoicesDropdownFilter),
        ("organisation__county", AutocompleteSelectFilter),
    )
    list_before_template = "admin/organisations/queue.html"
    search_fields = ("organisation__search_text", "applicant__full_name", "applicant__email")
    search_help_text = _("Name or CUI of the organisation, name or address of the applicant")
    ordering = ("lodged_at", "pk")
    fields = ("kind", "status", "organisation", "applicant", "lodged_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return lodged_requests().select_related("organisation__county", "applicant")

    def get_list_display(self, request: HttpRequest) -> Any:
        """Where only what waits is shown, the state says nothing."""
        if request.GET.get(QueueFilter.parameter_name, WAITING) in (WAITING, LATE):
            return self.list_display[:-1]
        return self.list_display

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        context = {
            "work": count_work(timezone.now()),
            "days": DECIDED_WITHIN,
            "kinds": [(SubmissionKind(kind).label, kind, count) for kind, count in count_kinds().items()],
            "first": Submission.objects.waiting().first(),
            **(extra_context or {}),
        }
        page: HttpResponse = super().changelist_view(request, context)
        return page

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The request as it is read; nothing can be sent to this page."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, obj) or request.method == "POST":
            raise PermissionDenied
        person: Any = request.user
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": str(obj),
            "object": obj,
            "steps": self.steps(request, obj),
            "state_label": self.state_label(obj),
            "following": self.step_next(obj),
            "is_own": obj.applicant_id == person.pk,
            "others": note_look(submission=obj, person=person, now=timezone.now()),
            "age": _days(obj),
            **review(obj, beside_record=_number(request.GET.get("alaturi", ""))),
        }
        return TemplateResponse(request, "admin/organisations/request.html", context)

    def steps(self, request: HttpRequest, obj: models.Model) -> list[dict[str, Any]]:
        """Decisions only, in their order: what the applicant may do is done on the applicant's pages."""
        made = {step["label"]: step for step in super().steps(request, obj)}
        labels = [SUBMISSION_WORKFLOW.transitions[name].label for name in DECISIONS]
        return [made[label] for label in labels if label in made]

    def perform_step(self, request: HttpRequest, obj: Any, step: Transition, reason: str) -> models.Model:
        return decide_submission(submission=obj, step=step.name, actor=request.user, reason=reason)

    def step_mails(self, obj: Any, step: Transition, reason: str) -> list[ShownMail] | None:
        if step.name not in DECISIONS:
            return None
        return shown(decision_letters(submission=obj, step=step.name, reason=reason, due_on=first_due()))

    def step_form(self, obj: Any, step: Transition, data: Any, *, in_mail: bool) -> StepForm:
        if step.name == "return":
            return ReturnForm(data, submission=obj, needs_reason=True, in_mail=in_mail)
        # What is written at an acceptance stays among the team.
        return StepForm(data, needs_reason=step.needs_reason, in_mail=in_mail and step.needs_reason)

    def step_missing(self, obj: Any, step: Transition) -> list[str]:
        if step.name != "accept":
            return []
        if obj.kind == SubmissionKind.ENROLMENT and not obj.enrols_a_record:
            return list(missing_for_listing(obj.organisation))
        # What is written to the record at the decision must be right then.
        errors = read_answers(obj.answers, kind=obj.kind).errors if obj.kind != SubmissionKind.CLAIM else {}
        return [sentence for rows in errors.values() for _field, _label, sentence in rows]

    def step_next(self, obj: Any) -> tuple[str, str] | None:
        following = next_waiting(obj)
        if following is None:
            return None
        return _t("Next request"), reverse("admin:organisations_submission_change", args=[following.pk])

    @admin.display(description=_("organisation"), ordering="organisation__order_key")
    def name_shown(self, submission: Submission) -> str:
        return submission.name or submission.reference

    @admin.display(description=_("kind"), ordering="kind")
    def kind_shown(self, submission: Any) -> str:
        kind = submission.get_kind_display()
        return _t("%(kind)s, came back after changes") % {"kind": kind} if submission.came_back else kind

    @admin.display(description=_("county"), ordering="organisation__county__name")
    def county(self, submission: Submission) -> str:
        organisation = submission.organisation
        return str(organisation.county) if organisation and organisation.county else "–"

    @admin.display(description=_("waits for"), ordering="waits_since")
    def age(self, submission: Any) -> str:
        if submission.status != SubmissionStatus.LODGED:
            return "–"
        days = working_days_since(submission.waits_since, timezone.now())
        if days > DECIDED_WITHIN:
            return format_html("<strong>{}</strong> ({})", _days(submission), _t("too long"))
        return _days(submission)


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None


def _days(submission: Any) -> str:
    """Since when it waits, in working days."""
    days = working_days_since(submission.waits_since, timezone.now())
    if days == 0:
        return _t("came today")
    return ngettext("%(count)d working day", "%(count)d working days", days) % {"count": days}
