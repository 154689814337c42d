"""Proposed themes in the admin: what waits for an answer, and the answer with the message that carries it."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import Count, F, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import (
    AutocompleteSelectFilter,
    ChoicesDropdownFilter,
    RelatedDropdownFilter,
)
from unfold.widgets import UnfoldAdminSelectWidget

from core.admin import ExportOnlyMixin, PortalAdmin
from core.admin.step_form import ShownMail, StepForm
from core.workflow import Transition
from organisations.admin.letters import shown
from videoconferences.choices import ProposalStatus
from videoconferences.emails import answer_letters
from videoconferences.models import MOST_RANKED, Theme, ThemeProposal
from videoconferences.selectors.board import known_theme, videoconferences_to_take
from videoconferences.services.board import Answer, answer_proposal
from videoconferences.spreadsheets import ThemeProposalExport
from videoconferences.workflow import PROPOSAL_WORKFLOW


def _number_and_day(videoconference: Any) -> str:
    day = videoconference.meeting.on_date.strftime("%d.%m.%Y")
    return _t("No. %(number)d, %(day)s") % {"number": videoconference.number, "day": day}


class TakeForm(StepForm):
    """As which theme, for which videoconferences, and why; the why stands on the board too."""

    field_order = ("theme", "videoconference", "reason")

    def __init__(self, *args: Any, proposal: ThemeProposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposal = proposal
        self.fields["theme"] = forms.ModelChoiceField(
            label=_("Taken as"),
            queryset=Theme.objects.filter(is_active=True).order_by("position", "code"),
            required=False,
            empty_label=_("a new theme, in the words of the proposal"),
            widget=UnfoldAdminSelectWidget,
        )
        videoconference = forms.ModelChoiceField(
            label=_("On the agenda of"),
            queryset=videoconferences_to_take(proposal.edition),
            required=False,
            empty_label=_("none yet"),
            widget=UnfoldAdminSelectWidget,
        )
        videoconference.label_from_instance = _number_and_day  # type: ignore[method-assign]
        self.fields["videoconference"] = videoconference
        self.fields["reason"].max_length = 1000  # type: ignore[attr-defined]
        self.order_fields(self.field_order)

    def full_reason(self) -> str:
        """The reason; the message, which is drawn from the proposal alone, learns here as what it is taken."""
        theme = self.cleaned_data.get("theme") or known_theme(self.proposal.title)
        self.proposal.taken_as = theme.name if theme else self.proposal.title  # type: ignore[attr-defined]
        return super().full_reason()


@admin.register(ThemeProposal)
class ThemeProposalAdmin(ExportOnlyMixin, PortalAdmin):
    """What organisations wrote is theirs: staff answer it, and correct it only where they must."""

    workflow = PROPOSAL_WORKFLOW
    export_resource = ThemeProposalExport
    list_display = ("title", "organisation", "edition", "points", "voters", "status", "proposed_at")
    list_select_related = ("organisation", "edition")
    list_filter = (
        ("edition", RelatedDropdownFilter),
        ("status", ChoicesDropdownFilter),
        ("organisation", AutocompleteSelectFilter),
        ("organisation__county", AutocompleteSelectFilter),
        ("theme", AutocompleteSelectFilter),
    )
    search_fields = ("title", "why", "organisation__search_text")
    search_help_text = _("The theme, why it matters, or the organisation")
    ordering = ("-edition__year", "-proposed_at", "-pk")
    autocomplete_fields = ("edition", "organisation")
    fields = ("edition", "organisation", "title", "why", "status", "theme", "answer", "answered_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return (
            super()
            .get_queryset(request)
            .annotate(
                points_given=Coalesce(Sum(MOST_RANKED + 1 - F("ranks__place")), 0),
                voter_count=Count("ranks"),
            )
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """The answer is written by its step alone."""
        return [*super().get_readonly_fields(request, obj), "theme", "answer", "answered_at"]

    def step_form(self, obj: Any, step: Transition, data: Any, *, in_mail: bool) -> StepForm:
        if step.name == "take":
            return TakeForm(data, proposal=obj, needs_reason=True, in_mail=in_mail)
        return StepForm(data, needs_reason=step.needs_reason, in_mail=in_mail)

    def step_missing(self, obj: models.Model, step: Transition) -> list[str]:
        """The theme is chosen on the page of the step itself."""
        return []

    def step_mails(self, obj: Any, step: Transition, reason: str) -> list[ShownMail] | None:
        if step.name not in ("take", "decline"):
            return None
        return shown(
            answer_letters(
                proposal=obj, step=step.name, reason=reason, theme=getattr(obj, "taken_as", obj.title)
            )
        )

    def perform_step(self, request: HttpRequest, obj: Any, step: Transition, reason: str) -> models.Model:
        answer = Answer(step=step.name, reason=reason)
        if step.name == "take":
            form = TakeForm(request.POST, proposal=obj, needs_reason=True)
            form.full_clean()
            chosen = form.cleaned_data.get("videoconference")
            answer = Answer(
                step=step.name,
                reason=reason,
                theme=form.cleaned_data.get("theme"),
                videoconferences=[chosen] if chosen else [],
            )
        return answer_proposal(proposal=obj, answer=answer, actor=cast("Any", request.user))

    def step_next(self, obj: Any) -> tuple[str, str] | None:
        waiting = ThemeProposal.objects.filter(edition=obj.edition_id, status=ProposalStatus.PROPOSED)
        following = waiting.exclude(pk=obj.pk).order_by("proposed_at", "pk").first()
        if following is None:
            return None
        address = reverse("admin:videoconferences_themeproposal_change", args=[following.pk])
        return _t("Next proposal"), address

    @admin.display(description=_("points"), ordering="points_given")
    def points(self, proposal: Any) -> int:
        return int(proposal.points_given)

    @admin.display(description=_("organisations that want it"), ordering="voter_count")
    def voters(self, proposal: Any) -> int:
        return int(proposal.voter_count)
