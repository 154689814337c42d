"""allauth's forms with the portal's labels, without words inside the boxes."""

from typing import Any

from allauth.account import forms as account
from allauth.account.models import EmailAddress
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.socialaccount import forms as socialaccount
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import IntegrityError, transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.publicforms import PublicFormMixin
from core.text import normalise

LABELS = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "oldpassword": _("Present password"),
    "password1": _("New password"),
    "password2": _("New password, once more"),
    "code": _("Code"),
}
MISSING = {
    "login": _("Write your e-mail address."),
    "email": _("Write your e-mail address."),
    "password": _("Write your password."),
    "password1": _("Choose a password."),
    "code": _("Write the code."),
}
HINTS = {"password1": _("At least 12 characters. A sentence that only you would say is a good password.")}


class PlainFormMixin(BaseForm):
    """Labels stand above their boxes, so no box repeats them; the password's rules are told before typing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = LABELS.get(name, field.label)
            field.help_text = HINTS.get(name, "")
            if name in MISSING:
                field.error_messages["required"] = MISSING[name]
            if name == "code":
                field.help_text = self.code_hint
            if isinstance(field, forms.EmailField):
                # As long as the database takes.
                field.max_length = User._meta.get_field("email").max_length
                field.validators.append(MaxLengthValidator(field.max_length))

    code_hint: Any = _("Six digits from your authenticator application, or one of your recovery codes.")


class FullNameMixin(forms.Form):
    """The name that others will read, without marks that nobody sees."""

    full_name = User._meta.get_field("full_name").formfield(
        label=_("Full name"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write your name.")},
    )

    def clean_full_name(self) -> str:
        name = " ".join(normalise(self.cleaned_data["full_name"]).split())
        if not name:
            raise forms.ValidationError(_("Write your name."))
        return name


class GuardedMixin(PublicFormMixin):
    """The guards of public forms, with a limit told in the words of an account."""

    # A town hall, or a training at which organisations enrol together, goes out by one address.
    sent_per_hour = 40

    def _count(self) -> None:
        try:
            super()._count()
        except forms.ValidationError:
            raise forms.ValidationError(
                _(
                    "Too many forms came from your network address. Please wait an hour and send it again, or write "
                    "to us through the contact page."
                ),
                code="throttled",
            ) from None


class SignupForm(FullNameMixin, PlainFormMixin, GuardedMixin, account.SignupForm):
    """A name, an address and one password, guarded as each form that anybody may send."""

    account_already_exists: bool
    field_order = ("full_name", "email", "password1", "site", "opened")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = _("Password")

    def try_save(self, request: HttpRequest) -> tuple[Any, HttpResponse | None]:
        """A new person, or for a known address the same answer after the same work.

        Of two who send one address at once the second is answered as for a known one.
        """
        if self.account_already_exists:
            self._do_the_same_work()
            return super().try_save(request)  # type: ignore[no-any-return]
        try:
            with transaction.atomic():
                return super().try_save(request)  # type: ignore[no-any-return]
        except IntegrityError:
            self.account_already_exists = True
            return super().try_save(request)  # type: ignore[no-any-return]

    def _do_the_same_work(self) -> None:
        """Hashes and writes what a new person would cost, and takes it back: the clock tells nothing."""
        with transaction.atomic():
            stand_in = User.objects.create_user(
                f"{get_random_string(24)}@example.invalid",
                self.cleaned_data["password1"],
                full_name=self.cleaned_data["full_name"],
            )
            EmailAddress.objects.create(user=stand_in, email=stand_in.email, primary=True)
            transaction.set_rollback(True)


class ProviderSignupForm(FullNameMixin, PlainFormMixin, socialaccount.SignupForm):
    """What the provider did not say of a new person; an address that it has verified is not changed."""

    field_order = ("full_name", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        verified = [address.email for address in self.sociallogin.email_addresses if address.verified]
        self.fields["email"].disabled = self.initial.get("email") in verified


class DisconnectForm(PlainFormMixin, socialaccount.DisconnectForm):
    """Which provider no longer opens the account."""


class AddEmailForm(PlainFormMixin, account.AddEmailForm):
    """The address that will take the place of the present one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New e-mail address")


class ProfileForm(FullNameMixin, forms.ModelForm[User]):
    """Name and language; the address has a page of its own, since it is confirmed by a code."""

    class Meta:
        model = User
        fields = ("full_name", "language")
        labels = {"language": _("Language of our messages")}
        help_texts = {"language": _("The language in which the portal writes to you.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""


class LoginForm(PlainFormMixin, account.LoginForm):
    pass


class ChangePasswordForm(PlainFormMixin, account.ChangePasswordForm):
    pass


class SetPasswordForm(PlainFormMixin, account.SetPasswordForm):
    pass


class ResetPasswordForm(PlainFormMixin, GuardedMixin, account.ResetPasswordForm):
    """The address for which a new password is wanted, guarded as each form that anybody may send."""


class ResetPasswordKeyForm(PlainFormMixin, account.ResetPasswordKeyForm):
    pass


class ReauthenticateForm(PlainFormMixin, account.ReauthenticateForm):
    pass


class ConfirmEmailVerificationCodeForm(PlainFormMixin, account.ConfirmEmailVerificationCodeForm):
    code_hint = _("The code from the e-mail that we have just sent you.")


class AuthenticateForm(PlainFormMixin, mfa.AuthenticateForm):
    pass


class ReauthenticateCodeForm(PlainFormMixin, mfa.ReauthenticateForm):
    pass


class ActivateTOTPForm(PlainFormMixin, totp.ActivateTOTPForm):
    code_hint = _("Six digits that the application shows after you have scanned the picture.")


class ErasureForm(forms.Form):
    """Asks for the account's own address, so that nobody is forgotten by a slip of the finger."""

    address = forms.CharField(
        label=_("Your e-mail address, as confirmation"),
        help_text=_("Write the address with which you sign in."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write the address with which you sign in.")},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.user = user

    def clean_address(self) -> str:
        address = str(self.cleaned_data["address"]).strip().lower()
        if address != self.user.email:
            raise ValidationError(_("This is not the address of this account. Nothing was changed."))
        return address
