"""The page of notifications: a box a category."""

from typing import Any

from django import forms

from core.accounts.models import User
from core.messaging.kinds import categories
from core.messaging.services.preferences import unwanted_of


class NotificationForm(forms.Form):
    """A box for each category that concerns the person, ticked while it is wanted."""

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data)
        unwanted = unwanted_of(user)
        for category in categories(user):
            self.fields[category.name] = forms.BooleanField(
                label=str(category.label),
                help_text=str(category.sentence),
                required=False,
                initial=category.name not in unwanted,
            )

    def wanted(self) -> list[str]:
        """Names of the ticked categories; call after ``is_valid``."""
        return [name for name, ticked in self.cleaned_data.items() if ticked]
