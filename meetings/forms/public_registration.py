"""The form that anybody may send to register."""

import hashlib
from typing import Any, Final

from django import forms
from django.core.cache import cache
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from core.accounts.choices import Language
from core.accounts.models import ConsentText, User
from core.publicforms import PublicFormMixin
from core.territory.selectors import county_by_code
from meetings.choices import SECTOR_OF_TYPE, ParticipantLevel, ParticipantType, Sector
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
    consent = forms.BooleanField(
        label=_("I agree with these words"),
        error_messages={"required": _("You can register only if you agree.")},
    )
    words = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, text: ConsentText, person: User | None, is_sent: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.text, self.is_sent = text, is_sent
        self.fields["words"].initial = str(text.version)
        if person is not None:
            del self.fields["email"]
            self.initial.setdefault("name", person.full_name)
            self.initial["language"] = person.language

    def clean_words(self) -> str:
        """Agreed is only to the words that were on the page."""
        if str(self.cleaned_data["words"]) != str(self.text.version):
            kept = {name: self.data[name] for name in self.data if name != "consent"}
            self.data = {**kept, "words": str(self.text.version)}
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
        """All that was typed, for the page of the check; the organisation is chosen there."""
        bound = [self[name] for name in self.fields if name not in ("site", "organisation")]
        return SafeString("".join(each.as_hidden() for each in bound))

    def reading(self) -> list[tuple[str, str]]:
        """The answers in words, for the page of the check; the sector as it is derived."""
        said = self.cleaned_data
        place = said["place"]
        county = county_by_code(said["county"])
        kind = ParticipantType(said["participant_type"])
        lines: list[tuple[Any, Any]] = [
            (self.fields["name"].label, said["name"]),
            (_("E-mail address"), said.get("email", "")),
            (self.fields["participant_type"].label, kind.label),
            (self.fields["sector"].label, Sector(said["sector"] or SECTOR_OF_TYPE[kind]).label),
            (self.fields["level"].label, ParticipantLevel(said["level"]).label),
            (self.fields["organisation_name"].label, said["organisation_name"]),
            (_("Place"), ", ".join(each.full_name for each in (place, county) if each is not None)),
            (self.fields["themes_proposed"].label, said["themes_proposed"]),
            (self.fields["language"].label, Language(said["language"]).label),
        ]
        return [(str(label), str(text)) for label, text in lines if text]

    @property
    def is_refused_by_limit(self) -> bool:
        return self.has_error(NON_FIELD_ERRORS, code="throttled")
