"""Steps of an organisation made on its own page: its people are told, and staff see what they are told."""

from typing import Any

from django.db import models
from django.http import HttpRequest

from core.admin.step_form import ShownMail, StepForm
from core.workflow import Transition
from organisations.admin.letters import shown
from organisations.emails.moderation import TOLD_STEPS, standing_letters
from organisations.services.moderation import change_standing, first_due, waiting_enrolment
from organisations.services.reconfirmation import next_due

# What staff decide; the other steps belong to the organisation's own people and to time.
STEPS_OF_STAFF = TOLD_STEPS | {"return", "reject"}


class StandingMixin:
    """Listing, suspending, withdrawing and striking off, with the messages that leave."""

    workflow: Any

    def steps(self, request: HttpRequest, obj: Any) -> list[dict[str, Any]]:
        """None while an enrolment waits: then the request is decided, and the record with it."""
        if waiting_enrolment(obj) is not None:
            return []
        own = {step.label for step in self.workflow.transitions.values() if step.name in STEPS_OF_STAFF}
        found: list[dict[str, Any]] = super().steps(request, obj)  # type: ignore[misc]
        return [step for step in found if step["label"] in own]

    def perform_step(self, request: HttpRequest, obj: Any, step: Transition, reason: str) -> models.Model:
        return change_standing(organisation=obj, step=step.name, actor=request.user, reason=reason)

    def step_mails(self, obj: Any, step: Transition, reason: str) -> list[ShownMail] | None:
        if step.name not in TOLD_STEPS:
            return None
        due_on = next_due(organisation=obj, due_on=first_due())
        return shown(standing_letters(organisation=obj, step=step.name, reason=reason, due_on=due_on))

    def step_form(self, obj: Any, step: Transition, data: Any, *, in_mail: bool) -> StepForm:
        # What is written when an organisation is entered stays among the team.
        return StepForm(data, needs_reason=step.needs_reason, in_mail=in_mail and step.needs_reason)
