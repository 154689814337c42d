"""The change of identity on one page: names, registration, seat, and a word to the registry's team."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from organisations.choices import SubmissionKind
from organisations.questions import StepForm, raw_of, steps_of
from organisations.questions.base import Answers, Text


class NoteForm(forms.Form):
    """Why, for whoever decides."""

    use_required_attribute = False

    note = Text(
        label=_("Message to the registry's team"),
        help_text=_("For example the number of the court's decision that changed the name."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""


class IdentityChange:
    """The three steps and the note, read and shown as one form.

    Other names are live in the profile, so they are not asked here: the answers keep those of the record.
    """

    def __init__(
        self, present: dict[str, dict[str, Any]], data: QueryDict | None = None, *, note: str = ""
    ) -> None:
        self.is_bound = data is not None
        self.answers = dict(present)
        steps = steps_of(SubmissionKind.CHANGE)
        if data is not None:
            self.answers = {step.key: raw_of(step, data)[0] for step in steps}
            self.answers["identity"]["aliases"] = present["identity"].get("aliases", "")
        self.steps = [
            unsent(step, self.answers) if data is None else sent(step, self.answers) for step in steps
        ]
        self.note = NoteForm(data, initial={"note": note})
        self._refused: list[str] = []

    def is_valid(self) -> bool:
        return self.is_bound and not self.errors

    def refuse(self, sentences: list[str]) -> None:
        """What the service said, to stand on top."""
        self._refused += sentences

    @property
    def forms(self) -> list[forms.Form]:
        return [*self.steps, self.note]

    @property
    def errors(self) -> list[Any]:
        return [*self._refused, *(form.errors for form in self.forms if form.errors)]

    def non_field_errors(self) -> list[str]:
        return [*self._refused, *(str(error) for form in self.forms for error in form.non_field_errors())]

    def __iter__(self) -> Iterator[Any]:
        for form in self.forms:
            yield from form

    @property
    def groups(self) -> list[tuple[StepForm, list[Any]]]:
        """Each step with the fields that are shown."""
        return [(step, [bound for bound in step if bound.name != "aliases"]) for step in self.steps]


def sent(step: type[StepForm], answers: Answers) -> StepForm:
    """The step with what was sent."""
    return step(answers.get(step.key, {}), answers=answers)


def unsent(step: type[StepForm], answers: Answers) -> StepForm:
    """The step with what is stored, before anybody sends it: nothing is called wrong yet."""
    form = step(None, answers=answers)
    form.initial = dict(answers.get(step.key, {}))
    return form
