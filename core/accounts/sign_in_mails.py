"""The mails of sign-in: codes, links for a new password, notices of changes; allauth says when, the outbox sends.

Each carries something that opens an account, or tells where somebody was: its text is erased once it is sent.
"""

import uuid
from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from core.accounts.choices import Language
from core.accounts.models import User
from core.dates import long_datetime
from core.messaging.kinds import MailKind, register
from core.messaging.models import Message
from core.messaging.services import post_message


def _joined(*parts: Any) -> str:
    return "\n\n".join(map(str, parts))


def _linked(words: Any, name: str) -> str:
    return f"[{words}]({{{name}}})"


# Joined only when they are read, in the language of that moment.
_paragraphs: Any = lazy(_joined, str)
_link: Any = lazy(_linked, str)

_CODE = {"code": _("the code, good for a few minutes")}
_RESET = {"link": _("the page on which the person chooses a password")}
_CHANGE = {
    "when": _("day and hour of the change"),
    "address": _("network address from which it was made"),
    "browser": _("browser with which it was made"),
}
_NOTHING_TO_DO = _("If it was not you, there is nothing to do.")


def _kind(name: str, label: Any, subject: Any, placeholders: Mapping[str, Any], *body: Any) -> MailKind:
    return register(
        MailKind(
            name=f"accounts.{name}",
            label=label,
            subject=subject,
            body=_paragraphs(*body),
            placeholders=placeholders,
            sensitive=True,
        )
    )


def _change(
    name: str, subject: Any, sentence: Any, more: Mapping[str, Any] | None = None, label: Any = ""
) -> MailKind:
    """A notice of what was changed in an account, when and from where."""
    return _kind(
        name,
        label or subject,
        subject,
        {**_CHANGE, **(more or {})},
        sentence,
        _("- When: {when}\n- Network address: {address}\n- Browser: {browser}"),
        _(
            "If it was not you, choose a new password at once, by the link “I have forgotten my password” of the "
            "sign-in page, and write to us."
        ),
    )


_CONFIRM_ADDRESS = _kind(
    "confirm_address",
    _("Code that confirms an e-mail address"),
    _("Your code"),
    _CODE,
    _("Write this code in the page that you have open, to confirm your e-mail address:"),
    "**{code}**",
    _("If you were not signing in, there is nothing to do."),
)
_CONFIRM_ACCOUNT = _kind(
    "confirm_account",
    _("Code that confirms a new account"),
    _("Your code"),
    _CODE,
    _("Write this code in the page that you have open, to finish making your account:"),
    "**{code}**",
    _("If you were not making an account, there is nothing to do: without the code none is made."),
)
_SIGN_IN_CODE = _kind(
    "sign_in_code",
    _("Code for signing in"),
    _("Your code"),
    _CODE,
    _("Write this code in the page that you have open, to sign in:"),
    "**{code}**",
    _("If you were not signing in, there is nothing to do."),
)
_NEW_PASSWORD = _kind(
    "new_password",
    _("Link for a new password"),
    _("Choose a new password"),
    _RESET,
    _(
        "Somebody, probably you, asked for a new password for your account. Choose it here, within three days:"
    ),
    _link(_("Choose a new password"), "link"),
    _("If it was not you, there is nothing to do: your password stays as it is."),
)
_UNKNOWN_ADDRESS = _kind(
    "unknown_address",
    _("A new password was asked for an address without an account"),
    _("There is no account with this address"),
    {"email": _("the address that was typed")},
    _(
        "Somebody, probably you, asked for a new password for an account with the address {email}. There is no such "
        "account."
    ),
    _(
        "If you have an account with another address, ask again with that one. If it was not you, there is nothing to "
        "do."
    ),
)
_KNOWN_ADDRESS = _kind(
    "known_address",
    _("A new account was asked for an address that has one"),
    _("You have an account already"),
    {"email": _("the address that was typed"), **_RESET},
    _(
        "Somebody, probably you, asked for an account with the address {email}, which has one already. If you have "
        "forgotten the password, choose a new one here:"
    ),
    _link(_("Choose a new password"), "link"),
    _NOTHING_TO_DO,
)
_OTHER = _kind(
    "other_notice",
    _("Other notices of sign-in"),
    "{subject}",
    {"subject": _("subject of the notice"), "text": _("text of the notice")},
    "{text}",
)

# allauth's name of a mail: the portal's kind.
_KINDS = {
    "account/email/email_confirmation": _CONFIRM_ADDRESS,
    "account/email/email_confirmation_signup": _CONFIRM_ACCOUNT,
    "account/email/login_code": _SIGN_IN_CODE,
    "account/email/password_reset_key": _NEW_PASSWORD,
    "account/email/unknown_account": _UNKNOWN_ADDRESS,
    "account/email/account_already_exists": _KNOWN_ADDRESS,
    "account/email/password_changed": _change(
        "password_changed", _("Your password was changed"), _("The password of your account was changed.")
    ),
    "account/email/password_reset": _change(
        "password_reset",
        _("Your password was changed"),
        _("The password of your account was changed by the link sent to you."),
        label=_("The password was changed by the link for a new one"),
    ),
    "account/email/password_set": _change(
        "password_set", _("Your password was set"), _("A password was set for your account.")
    ),
    "account/email/email_changed": _change(
        "address_changed",
        _("Your e-mail address was changed"),
        _("The e-mail address of your account was changed from {from_address} to {to_address}."),
        {
            "from_address": _("the address until now"),
            "to_address": _("the address from now on"),
        },
    ),
    "account/email/email_deleted": _change(
        "address_removed",
        _("An e-mail address was removed"),
        _("The address {email} was removed from your account."),
        {"email": _("the address that was removed")},
    ),
    "mfa/email/totp_activated": _change(
        "codes_turned_on",
        _("Second factor turned on"),
        _("The second factor of your account was turned on: at each sign-in you will be asked for a code."),
    ),
    "mfa/email/totp_deactivated": _change(
        "codes_turned_off",
        _("Second factor turned off"),
        _("The second factor of your account was turned off."),
    ),
    "mfa/email/recovery_codes_generated": _change(
        "recovery_codes_made",
        _("New recovery codes"),
        _("New recovery codes were made for your account. Those before no longer work."),
    ),
    "mfa/email/webauthn_added": _change(
        "passkey_added",
        _("A passkey was added"),
        _("A passkey was added to your account: whoever has it can sign in."),
    ),
    "mfa/email/webauthn_removed": _change(
        "passkey_removed", _("A passkey was removed"), _("A passkey was removed from your account.")
    ),
    "socialaccount/email/account_connected": _change(
        "sign_in_connected",
        _("Another way of signing in was connected"),
        _("Your account was connected to {provider}: you can sign in from there too."),
        {"provider": _("the service from which the person signs in")},
    ),
    "socialaccount/email/account_disconnected": _change(
        "sign_in_disconnected",
        _("A way of signing in was disconnected"),
        _("Your account is no longer connected to {provider}."),
        {"provider": _("the service from which the person signed in")},
    ),
}


def post_sign_in_mail(template_prefix: str, email: str, context: Mapping[str, Any]) -> Message:
    """Writes the mail that allauth asks for, in the language of the person, else of the page.

    A mail that a later allauth invents has its own words, in the portal's frame.
    """
    user = context.get("user")
    person = user if isinstance(user, User) and user.pk else None
    language = person.language if person else (translation.get_language() or Language.ROMANIAN)
    kind = _KINDS.get(template_prefix, _OTHER)
    with translation.override(language):
        known = _values(email, context, language)
        if kind is _OTHER:
            known |= _rendered(template_prefix, {"email": email, **context})
    return post_message(
        kind=kind,
        key=f"{kind.name}:{uuid.uuid4()}",
        to=email,
        values={name: known.get(name) or "—" for name in kind.placeholders},
        user=person,
        language=language,
    )


def _values(email: str, context: Mapping[str, Any], language: str) -> dict[str, Any]:
    return {
        "code": context.get("code"),
        "link": context.get("password_reset_url"),
        "email": context.get("deleted_email") or email,
        "from_address": context.get("from_email"),
        "to_address": context.get("to_email"),
        "provider": getattr(context.get("provider"), "name", None),
        "when": long_datetime(timezone.localtime(context.get("timestamp")), language),
        "address": context.get("ip"),
        "browser": context.get("user_agent"),
    }


def _rendered(template_prefix: str, context: Mapping[str, Any]) -> dict[str, str]:
    return {
        "subject": render_to_string(f"{template_prefix}_subject.txt", dict(context)),
        "text": render_to_string(f"{template_prefix}_message.txt", dict(context)).strip(),
    }
