"""The steps of each kind of request, and their answers read: checked, or in words."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language, override

from organisations.choices import SubmissionKind
from organisations.questions.base import Answers, StepForm
from organisations.questions.closing import ClaimForm, ConsentForm, LogoForm
from organisations.questions.figures import FiguresForm
from organisations.questions.identity import IdentityForm, RegistrationForm
from organisations.questions.people import ContactsForm, CoordinatorForm
from organisations.questions.place import ActivityForm, SeatForm
from organisations.questions.work import BeneficiariesForm, DomainsForm

STEPS: dict[str, tuple[type[StepForm], ...]] = {
    SubmissionKind.ENROLMENT: (
        IdentityForm,
        RegistrationForm,
        SeatForm,
        ActivityForm,
        DomainsForm,
        BeneficiariesForm,
        ContactsForm,
        CoordinatorForm,
        LogoForm,
        FiguresForm,
        ConsentForm,
    ),
    # What the registry's team answers for; all else an organisation changes by itself.
    SubmissionKind.CHANGE: (IdentityForm, RegistrationForm, SeatForm),
    SubmissionKind.CLAIM: (ClaimForm,),
}


@dataclass(frozen=True)
class Reading:
    """Answers read: checked values by step, and what is wrong as (field, label, sentence) by step."""

    cleaned: dict[str, dict[str, Any]] = field(default_factory=dict)
    errors: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        return not self.errors


def steps_of(kind: str) -> tuple[type[StepForm], ...]:
    """The steps of a request of this kind, in order."""
    return STEPS[kind]


def step_by_word(kind: str, word: str) -> type[StepForm] | None:
    """The step with this word in its address."""
    return next((step for step in STEPS[kind] if step.word == word), None)


def form_of(step: type[StepForm], answers: Answers) -> StepForm:
    """The step's form with its stored answers; unbound while nothing is stored."""
    raw = answers.get(step.key)
    return step(raw if isinstance(raw, dict) else None, answers=answers)


def read_answers(answers: Answers, *, kind: str = SubmissionKind.ENROLMENT, step: str = "") -> Reading:
    """Every step's answers (or those of one step) as the forms read them; nothing is trusted before this.

    A step that was never answered counts as answered with nothing, so that what is required is missing.
    """
    reading = Reading()
    for each in STEPS[kind]:
        if step and each.key != step:
            continue
        raw = answers.get(each.key)
        form = each(raw if isinstance(raw, dict) else {}, answers=answers)
        if form.is_valid():
            reading.cleaned[each.key] = form.cleaned_data
            continue
        reading.errors[each.key] = [
            (name, str(form.fields[name].label or "") if name in form.fields else "", str(sentence))
            for name, sentences in form.errors.items()
            for sentence in sentences
        ]
    return reading


def answers_for_reading(
    answers: Answers, *, kind: str = SubmissionKind.ENROLMENT, language: str | None = None
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each step's label with its questions and answers in words; empty text for what was not answered."""
    with override(language or get_language() or "ro"):
        return [(str(step.label), _read_out(step, answers)) for step in STEPS[kind]]


def _read_out(step: type[StepForm], answers: Answers) -> list[tuple[str, str]]:
    raw = answers.get(step.key)
    form = step(raw if isinstance(raw, dict) else {}, answers=answers)
    form.is_valid()
    return form.reading()
