"""What every step of a request shares: raw answers in, checked answers and words to read out."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from core.numerals import format_number
from core.text import normalise

Raw = dict[str, Any]
Answers = Mapping[str, Mapping[str, Any]]

# What is kept of one answer, as it was typed: far more than any field takes, far less than would fill the disk.
LONGEST_KEPT = 50_000
MOST_KEPT = 200


class StepForm(forms.Form):
    """One step: ``key`` names it in the answers, ``word`` in its address.

    It is made from raw answers (text, or a list of texts, by field) and sees those of the other steps, on which its
    own checks may depend. ``optional`` says that the step may be left alone.
    """

    key: ClassVar[str]
    word: ClassVar[str]
    label: ClassVar[str | Promise]
    heading: ClassVar[str | Promise]
    lead: ClassVar[str | Promise] = ""
    template: ClassVar[str] = "organisations/enrolment/step.html"
    optional: ClassVar[bool] = False
    use_required_attribute = False
    # Fields that a template draws by itself.
    drawn_apart: ClassVar[tuple[str, ...]] = ()

    def __init__(self, raw: Mapping[str, Any] | None = None, *, answers: Answers | None = None) -> None:
        data = None if raw is None else MultiValueDict({name: _as_list(value) for name, value in raw.items()})
        super().__init__(data)
        self.label_suffix = ""
        self.answers: Answers = answers or {}
        self.prepare()

    def prepare(self) -> None:
        """Choices from the database, and what the other answers change."""

    def notes(self) -> Iterable[str]:
        """Sentences that the answers call for: no errors, things to know."""
        return ()

    def reading(self) -> list[tuple[str, str]]:
        """Question and answer in words, one line a question; of a wrong answer what was typed."""
        return [(str(bound.label), self.words(bound)) for bound in self if not bound.is_hidden]

    def words(self, bound: forms.BoundField) -> str:
        """One answer in words; empty for none."""
        field, value = bound.field, bound.value()
        if isinstance(field, forms.BooleanField):
            return _t("yes") if value else _t("no")
        if isinstance(field, forms.MultipleChoiceField | forms.ChoiceField):
            labels = {str(code): str(label) for code, label in _flat(field.choices)}
            codes = value if isinstance(value, list) else [value]
            return ", ".join(labels.get(str(code), str(code)) for code in codes if code not in (None, ""))
        if isinstance(field, forms.IntegerField):
            cleaned = getattr(self, "cleaned_data", {}).get(bound.name)
            return format_number(cleaned, get_language() or "ro") if cleaned is not None else str(value or "")
        if isinstance(field, forms.DateField):
            day = getattr(self, "cleaned_data", {}).get(bound.name)
            return f"{day:%d.%m.%Y}" if day else str(value or "")
        return str(value or "").strip()

    @classmethod
    def fields_kept(cls) -> Iterable[str]:
        """Names of the answers that are kept."""
        return cls.base_fields


class _Typed(forms.CharField):
    """Text whose longest length the browser does not know: it would cut what is pasted without a word."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}


class Line(_Typed):
    """One line of text as it will be stored: no control or direction marks, one space between words."""

    def __init__(self, *, letters: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.letters = letters

    def to_python(self, value: Any) -> str:
        return " ".join(normalise(super().to_python(value) or "").split())

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and self.letters and not any(map(str.isalpha, value)):
            raise ValidationError(_t("A name holds at least one letter."))


class Text(_Typed):
    """Several lines of text as they will be stored."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return normalise((super().to_python(value) or "").replace("\r\n", "\n")).strip()


class YesNo(forms.ChoiceField):
    """Yes, no, or not said; gives True, False or None."""

    widget = forms.RadioSelect

    def __init__(self, **options: Any) -> None:
        choices = [("da", _("yes")), ("nu", _("no")), ("", _("I prefer not to say"))]
        super().__init__(choices=choices, required=False, **options)

    def clean(self, value: Any) -> Any:
        return {"da": True, "nu": False}.get(super().clean(value))


def raw_of(form: type[StepForm], data: QueryDict) -> tuple[Raw, list[str]]:
    """The step's answers as they were typed, and the names of fields from which invisible marks were taken out.

    Only fields of the step are taken; NUL, which the database cannot hold, and direction marks go, nothing else.
    """
    raw: Raw = {}
    marked: list[str] = []
    for name in form.fields_kept():
        values = []
        for typed in data.getlist(name)[:MOST_KEPT]:
            kept = normalise(typed)[:LONGEST_KEPT]
            if len(kept) < len(_composed(typed)[:LONGEST_KEPT]):
                marked.append(name)
            values.append(kept)
        field = form.base_fields.get(name)
        if isinstance(field, forms.MultipleChoiceField):
            raw[name] = values
        elif values:
            raw[name] = values[-1]
    return raw, list(dict.fromkeys(marked))


def _composed(text: str) -> str:
    from unicodedata import normalize

    return normalize("NFC", text)


def _as_list(value: Any) -> list[str]:
    """What the answers hold for one field, whoever wrote them there."""
    if isinstance(value, list):
        return [str(each) for each in value]
    return [] if value is None else [str(value)]


def _flat(choices: Any) -> Iterable[tuple[Any, Any]]:
    for code, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield code, label
