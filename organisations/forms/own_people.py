"""What managers type about the people of their organisation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.accounts.choices import Language
from core.text import normalise
from organisations.choices import MemberRole

ROLE_HELP = _(
    "A member keeps the profile and the figures. A manager also changes the identity, confirms the record each year "
    "and answers for its people."
)


class InvitationForm(forms.Form):
    """Whom to invite, as what, and in which language to write to them."""

    use_required_attribute = False

    email = forms.EmailField(
        label=_("E-mail address of the person"),
        help_text=_("The invitation is good for this address only, and for 14 days."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Write the e-mail address of the person whom you invite."),
            "invalid": _("Write a whole e-mail address, such as name@example.ro."),
        },
    )
    role = forms.ChoiceField(
        label=_("Role"),
        help_text=ROLE_HELP,
        choices=MemberRole.choices,
        initial=MemberRole.MEMBER,
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(
        label=_("Language of the invitation"),
        choices=Language.choices,
        initial=Language.ROMANIAN,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""

    def clean_email(self) -> str:
        return normalise(self.cleaned_data["email"]).lower()


class RoleForm(forms.Form):
    """Another role for a colleague."""

    use_required_attribute = False

    role = forms.ChoiceField(
        label=_("Role"), help_text=ROLE_HELP, choices=MemberRole.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
