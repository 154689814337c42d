"""Why a gathering is postponed or cancelled."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.forms.rows import PlanForm


class StepReasonForm(PlanForm):
    """The reason, where the step needs one."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("It stays in the history of the gathering, where the team reads it."),
        error_messages={"required": _("Please write the reason.")},
    )

    def __init__(self, *args: Any, needed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not needed:
            self.fields["reason"].required = False
            self.fields["reason"].widget = forms.HiddenInput()
