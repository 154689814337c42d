"""What the team types about a conclusion, and about what came of it."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.text import normalise
from meetings.choices import ParticipantLevel
from videoconferences.choices import ConclusionKind, FollowUp
from videoconferences.models import Conclusion, Theme, Videoconference

TEXT_LENGTH = 4000


class _Form(forms.Form):
    """Each line of the page is a form of its own: ``row`` keeps their identifiers apart and says which was sent."""

    use_required_attribute = False

    def __init__(self, data: Any = None, *, row: str, **kwargs: Any) -> None:
        super().__init__(data, auto_id=f"id_{row}_%s", label_suffix="", **kwargs)
        self.row = row


class ConclusionForm(_Form):
    """One conclusion: what kind, in which words, about what, at which level, for whom."""

    kind = forms.ChoiceField(
        label=_("Kind of conclusion"),
        choices=ConclusionKind.choices,
        error_messages={"required": _("Choose the kind."), "invalid_choice": _("Choose the kind.")},
    )
    text = forms.CharField(
        label=_("Conclusion"),
        help_text=_("One conclusion, to be understood by whoever was not there. Up to 4,000 characters."),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write the conclusion.")},
    )
    theme = forms.ModelChoiceField(
        label=_("Theme"),
        queryset=Theme.objects.none(),
        required=False,
        empty_label=_("no theme"),
        error_messages={"invalid_choice": _("This theme is no longer there. Choose another one.")},
    )
    level = forms.ChoiceField(
        label=_("Level"),
        choices=[("", pgettext_lazy("level", "not stated")), *ParticipantLevel.choices],
        required=False,
    )
    addressee = forms.CharField(
        label=_("Addressee"),
        help_text=_("Who is asked to act, for example a ministry."),
        max_length=200,
        required=False,
    )

    def __init__(self, data: Any = None, *, themes: list[Theme], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field = self.fields["theme"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = Theme.objects.all()
        # Read once for all the forms of the page.
        field.widget.choices = [("", field.empty_label), *((each.pk, each.label) for each in themes)]

    def clean_text(self) -> str:
        """As it is kept; a text of marks that nobody sees is none."""
        text = normalise(self.cleaned_data["text"]).strip()
        if not text:
            raise forms.ValidationError(self.fields["text"].error_messages["required"])
        return text

    def clean_addressee(self) -> str:
        return " ".join(normalise(self.cleaned_data["addressee"]).split())


class FollowUpForm(_Form):
    """What came of a published conclusion."""

    follow_up_state = forms.ChoiceField(label=_("Follow-up"), choices=FollowUp.choices)
    follow_up = forms.CharField(
        label=_("What was done"),
        help_text=_("Shown to everybody. Up to 2,000 characters."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_follow_up(self) -> str:
        return normalise(self.cleaned_data["follow_up"]).strip()


class RetractForm(_Form):
    """Why a conclusion is taken back; kept in its history."""

    reason = forms.CharField(
        label=_("Why it is taken back"),
        help_text=_("Kept in the history of the conclusion, for the programme's team."),
        max_length=1000,
        error_messages={"required": _("Write why the conclusion is taken back.")},
    )

    def clean_reason(self) -> str:
        reason = normalise(self.cleaned_data["reason"]).strip()
        if not reason:
            raise forms.ValidationError(self.fields["reason"].error_messages["required"])
        return reason


def themes_to_choose(videoconference: Videoconference) -> list[Theme]:
    """Themes that may be chosen: those of the videoconference first, then the others in use."""
    on_agenda = set(videoconference.theme_links.values_list("theme", flat=True))
    themes = cast("Iterable[Theme]", Theme.objects.order_by("position", "code"))
    return sorted(
        (each for each in themes if each.is_active or each.pk in on_agenda),
        key=lambda each: each.pk not in on_agenda,
    )


def values_of(conclusion: Conclusion) -> dict[str, Any]:
    """A conclusion as its forms show it."""
    return {
        "kind": conclusion.kind,
        "text": conclusion.text,
        "theme": conclusion.theme_id,
        "level": conclusion.level,
        "addressee": conclusion.addressee,
        "follow_up_state": conclusion.follow_up_state,
        "follow_up": conclusion.follow_up,
    }
