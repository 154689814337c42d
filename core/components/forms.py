"""Things to fill in: a field with label, hint and error; the list of errors; groups of filters."""

from collections.abc import Mapping

from django import forms
from django.forms.boundfield import BoundField
from django.template import Library
from django.utils.safestring import SafeString

from core.components.rendering import render

register = Library()


def _shape(bound: BoundField) -> str:
    """How the label stands to the control: "group" (fieldset and legend), "checkbox" (beside it), "control"."""
    widget = bound.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    return "group" if widget.use_fieldset else "control"


@register.simple_tag
def field(bound: BoundField, *, optional: bool = True) -> SafeString:
    """One field of a form: label above, hint before, error at the field, all tied together for screen readers.

    {% field form.email %}; works for text, textarea, select, date, file, checkbox, radio and checkbox groups.
    A field that may stay empty says so ("optional"), unless optional=False. Hidden fields have no dress.
    """
    if bound.is_hidden:
        return SafeString(str(bound) + "".join(str(error) for error in bound.errors))
    described = " ".join(
        part
        for part, present in (
            (f"{bound.auto_id}_helptext", bool(bound.help_text)),
            (f"{bound.auto_id}_error", bool(bound.errors)),
        )
        if present
    )
    shape = _shape(bound)
    attributes: dict[str, str | bool] = (
        {"aria-describedby": described} if described and shape != "group" else {}
    )
    return render(
        "field",
        shape=shape,
        field_id=bound.auto_id,
        label_for=bound.id_for_label,
        label=bound.label,
        hint=bound.help_text,
        errors=list(bound.errors),
        described=described,
        may_be_empty=optional and not bound.field.required and shape != "checkbox",
        control=bound.as_widget(attrs=attributes),
    )


@register.simple_tag
def error_summary(form: forms.BaseForm) -> SafeString:
    """All errors of a form on top of it, each a link to its field; nothing when there are none.

    {% error_summary form %}; it takes the focus when the page opens (data-focus).
    """
    if not form.is_bound or not form.errors:
        return SafeString("")
    rows = [{"href": "", "label": "", "text": str(error)} for error in form.non_field_errors()]
    for bound in form:
        anchor = "" if bound.is_hidden else _anchor(bound)
        rows += [{"href": anchor, "label": str(bound.label), "text": str(error)} for error in bound.errors]
    return render("error_summary", rows=rows)


def _anchor(bound: BoundField) -> str:
    if _shape(bound) == "group":
        return f"#{bound.auto_id}_group"
    return f"#{bound.id_for_label or bound.auto_id}"


@register.simple_tag
def filter_group(
    bound: BoundField, *, counts: Mapping[str, int] | None = None, folded: bool = False, shown: int = 8
) -> SafeString:
    """One group of filters beside a list, with how many each choice would find.

    {% filter_group filter.form.regiune counts=region_counts %}; counts maps a value (as text) to a number.
    Checkbox and radio widgets become a list of choices, of which those after the first ``shown`` unfold; any
    other widget stands under its label. folded=True starts closed unless something is chosen in it.
    """
    widget = bound.field.widget
    listed = isinstance(widget, forms.RadioSelect)  # and its child CheckboxSelectMultiple
    choices: list[dict[str, object]] = []
    if listed:
        for choice in bound.subwidgets:
            value = str(choice.data["value"])
            choices.append(
                {
                    "id": choice.data["attrs"].get("id", f"{bound.auto_id}_{len(choices)}"),
                    "value": value,
                    "label": choice.choice_label,
                    "chosen": choice.data["selected"],
                    "count": None if counts is None or value == "" else counts.get(value, 0),
                }
            )
    chosen = any(choice["chosen"] and choice["value"] for choice in choices) or bool(
        not listed and bound.value()
    )
    return render(
        "filter_group",
        label=bound.label,
        field_id=bound.auto_id,
        label_for=bound.id_for_label,
        name=bound.html_name,
        kind=getattr(widget, "input_type", "checkbox"),
        listed=listed,
        first=choices[:shown],
        rest=choices[shown:],
        rest_open=any(choice["chosen"] for choice in choices[shown:]),
        control="" if listed else bound.as_widget(),
        folded=folded and not chosen,
    )
