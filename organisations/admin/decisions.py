"""What a moderator types with a decision: the reason, and a remark at each step that needs changes."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from unfold.widgets import UnfoldAdminTextareaWidget

from core.admin.step_form import StepForm
from organisations.models import Submission
from organisations.questions import steps_of


class ReturnForm(StepForm):
    """A reason for the whole, and a remark for each step of the request; all of it goes to the applicant."""

    def __init__(self, *args: Any, submission: Submission, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language = submission.applicant.language if submission.applicant else "ro"
        self.asked = steps_of(submission.kind)
        for step in self.asked:
            self.fields[f"remark_{step.key}"] = forms.CharField(
                label=_("Remark on the step “%(step)s”") % {"step": step.label},
                max_length=1000,
                required=False,
                strip=True,
                widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
            )

    def full_reason(self) -> str:
        """The reason, then a line a remark under the step's name, in the applicant's language."""
        return "\n\n".join([super().full_reason(), *self._remarks()]).strip()

    def _remarks(self) -> Iterable[str]:
        with override(self.language):
            for step in self.asked:
                remark = self.cleaned_data.get(f"remark_{step.key}", "")
                if remark:
                    yield f"{step.label}: {remark}"
