"""The form that anybody may send to register."""

import hashlib
from typing import Any, Final

from django import forms
from django.core.cache import cache
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from core.accounts.models import ConsentText, User
from core.publicforms import PublicFormMixin
from meetings.forms.registration import ParticipantForm

FROM_ONE_NETWORK: Final = 600
OF_ONE_ADDRESS_A_DAY: Final = 20


class RegistrationForm(PublicFormMixin, ParticipantForm):
    """The questions, an address to write to, and the consent to words that are shown.

    Whoever is signed in is written to at the address of the account. Only what is sent after the check counts against
    the limits. An address may be registered so many times a day, whether or not it was registered before.
    """

    sent_per_hour = FROM_ONE_NETWORK

    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("We send a link there with which you confirm, change or cancel."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("Write a whole e-mail address, such as name@example.ro."),
        },
    )
    consent = forms.BooleanField(error_messages={"required": _("You can register only if you agree.")})
    words = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, text: ConsentText, person: User | None, is_sent: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.text, self.is_sent = text, is_sent
        self.fields["consent"].label = text.label
        self.fields["words"].initial = str(text.version)
        if person is not None:
            del self.fields["email"]
            self.initial.setdefault("name", person.full_name)
            self.initial["language"] = person.language

    def clean_words(self) -> str:
        """Agreed is only to the words that were on the page."""
        if str(self.cleaned_data["words"]) != str(self.text.version):
            self.data = {**self.data.dict(), "words": str(self.text.version)}  # type: ignore[attr-defined]
            self.data.pop("consent", None)
            self.add_error(
                "consent", _t("The words have changed since you opened the page. Read them again, please.")
            )
        return str(self.text.version)

    def _count(self) -> None:
        if not self.is_sent:
            return
        super()._count()
        email = self.cleaned_data.get("email")
        if email:
            mark = hashlib.sha256(email.lower().encode()).hexdigest()
            key = f"registrations:address:{mark}"
            cache.add(key, 0, timeout=24 * 3600)
            if cache.incr(key) > OF_ONE_ADDRESS_A_DAY:
                raise forms.ValidationError(
                    _t("This address was registered many times today. Please try again tomorrow."),
                    code="throttled",
                )

    def as_hidden(self) -> SafeString:
        """All that was typed, for the page of the check."""
        left_out = {"organisation"} if isinstance(self.fields["organisation"], forms.ChoiceField) else set()
        bound = [self[name] for name in self.fields if name not in {*left_out, "site"}]
        return SafeString("".join(each.as_hidden() for each in bound))

    @property
    def is_refused_by_limit(self) -> bool:
        return self.has_error(NON_FIELD_ERRORS, code="throttled")
