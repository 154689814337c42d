"""What may be typed in a message to us."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.pages.models import Feedback
from core.publicforms import PublicFormMixin


class FeedbackForm(PublicFormMixin):
    """A message about the portal; an e-mail address only when an answer is wanted."""

    message = forms.CharField(
        label=_("Your message"),
        help_text=_(
            "Say what you would like to ask or correct, or what stood in your way. Up to 5,000 characters."
        ),
        max_length=Feedback.MESSAGE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": _("Write what this is about.")},
    )
    page_address = forms.CharField(
        label=_("The page it is about"),
        help_text=_("Its address or its title."),
        max_length=500,
        required=False,
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("Only if you would like an answer."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "invalid": _("Write a whole e-mail address, such as name@example.ro, or leave it empty.")
        },
    )

    field_order = ("message", "page_address", "email", "site", "opened")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
