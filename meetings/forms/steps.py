"""Why a gathering is postponed or cancelled: for the team, and for everybody."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.workflow import Transition
from meetings.forms.rows import PlanForm


class StepReasonForm(PlanForm):
    """The reason, where the step needs one, and what those who registered are to read of it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("It stays in the history of the gathering, where the team reads it."),
        error_messages={"required": _("Please write the reason.")},
    )
    words = forms.CharField(
        label=_("What everybody may read of it"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Stands on the page of the gathering and in the mail to those who registered. May stay empty."
        ),
    )

    def __init__(self, *args: Any, step: Transition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not step.needs_reason:
            self.fields["reason"].required = False
            self.fields["reason"].widget = forms.HiddenInput()
            del self.fields["words"]
