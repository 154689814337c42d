"""What a request asks, step by step: forms that read raw answers, for pages and services alike."""

from organisations.questions.base import StepForm, raw_of
from organisations.questions.reading import (
    STEPS,
    Reading,
    answers_for_reading,
    form_of,
    read_answers,
    step_by_word,
    steps_of,
)

__all__ = [
    "STEPS",
    "Reading",
    "StepForm",
    "answers_for_reading",
    "form_of",
    "raw_of",
    "read_answers",
    "step_by_word",
    "steps_of",
]
