"""What organisations type on the board of themes: a theme and why, and the order in which they want themes."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from core.text import fold, normalise
from organisations.models import Organisation
from videoconferences.models import MOST_RANKED, ThemeProposal


class _Form(forms.Form):
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""


class ProposalForm(_Form):
    """A theme in a line, and why it matters; on whose behalf, for whoever acts for several organisations."""

    organisation = forms.ChoiceField(
        label=_("Organisation"),
        help_text=_("The board shows its name beside the theme."),
        error_messages={
            "required": _("Choose the organisation that proposes."),
            "invalid_choice": _("Choose one of your organisations."),
        },
    )
    title = forms.CharField(
        label=_("Theme"),
        help_text=_("In one line, as it would stand on the agenda. Up to 200 characters."),
        max_length=200,
        error_messages={"required": _("Write the theme that you propose.")},
    )
    why = forms.CharField(
        label=_("Why it matters"),
        help_text=_("What would change for your community. Shown to everybody; up to 2,000 characters."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, organisations: Sequence[Organisation] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if organisations:
            choices = [(each.slug, each.display_name) for each in organisations]
            self.fields["organisation"].choices = choices  # type: ignore[attr-defined]
            self.fields["organisation"].initial = choices[0][0]
            if len(choices) == 1:
                self.fields["organisation"].widget = forms.HiddenInput()
        else:
            del self.fields["organisation"]

    def clean_title(self) -> str:
        """As it is kept; a title of marks that nobody sees is none."""
        title = " ".join(normalise(self.cleaned_data["title"]).split())
        if not fold(title) and not any(map(str.isalpha, title)):
            raise forms.ValidationError(self.fields["title"].error_messages["required"])
        return title

    def clean_why(self) -> str:
        return normalise(self.cleaned_data["why"]).strip()


class RankingForm(_Form):
    """Five lists, the most wanted theme in the first; empty ones are closed up."""

    def __init__(self, *args: Any, proposals: Sequence[ThemeProposal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(each.pk): each for each in proposals}
        choices = [("", _t("no theme"))] + [
            (key, f"{each.title} ({each.organisation.display_name})") for key, each in self.known.items()
        ]
        for place in range(1, MOST_RANKED + 1):
            points = MOST_RANKED + 1 - place
            self.fields[f"place_{place}"] = forms.ChoiceField(
                label=_t("Place %(place)d") % {"place": place},
                help_text=_t("Points: %(points)d") % {"points": points},
                choices=choices,
                required=False,
                error_messages={
                    "invalid_choice": _t("This theme is no longer on the board. Choose another one.")
                },
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        seen: dict[str, int] = {}
        for place in range(1, MOST_RANKED + 1):
            key = cleaned.get(f"place_{place}")
            if key and key in seen:
                sentence = _t("You chose this theme for place %(place)d already.") % {"place": seen[key]}
                self.add_error(f"place_{place}", sentence)
            elif key:
                seen[key] = place
        return cleaned

    def in_order(self) -> list[ThemeProposal]:
        """The chosen proposals, the most wanted first."""
        keys = [self.cleaned_data.get(f"place_{place}") for place in range(1, MOST_RANKED + 1)]
        return [self.known[key] for key in keys if key]
