"""What the floor of accounts itself keeps about a person, for "my data" and for erasure."""

from collections.abc import Iterator
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from core.accounts.area import Waiting, waiting_for_me
from core.accounts.device import device_of
from core.accounts.models import Consent, Erasure, User
from core.accounts.personal_data import Words, on_erasure, personal_data
from core.accounts.purposes import purpose_of
from core.accounts.services.scrubbing import addresses_of, is_any
from core.dates import long_date
from core.models import ExportLog, StateChange
from core.workflow import workflow_of

_AS_LONG_AS_THE_ACCOUNT = _("As long as you have the account.")


@personal_data(
    _("Account"),
    why=_("So that you can sign in, and the portal writes to you by name and in your language."),
    kept=_AS_LONG_AS_THE_ACCOUNT,
    correct="account_profile",
    order=0,
)
def account(user: User) -> dict[Any, Any]:
    return {
        _("Name"): user.full_name,
        _("E-mail address"): user.email,
        _("Language of our messages"): user.get_language_display(),
        _("Account made on"): user.date_joined,
        _("Last sign-in"): user.last_login,
        _("Active"): user.is_active,
        _("Password"): _("Kept in a form that cannot be read back.") if user.has_usable_password() else None,
    }


@personal_data(
    _("E-mail addresses"),
    why=_("So that nobody opens an account with somebody else's address."),
    kept=_AS_LONG_AS_THE_ACCOUNT,
    order=1,
)
def addresses(user: User) -> list[dict[Any, Any]]:
    return [
        {_("E-mail address"): each.email, _("Confirmed"): each.verified, _("Main address"): each.primary}
        for each in EmailAddress.objects.filter(user=user)
    ]


@personal_data(
    _("Former names and addresses"),
    why=_("So that an erasure finds what you were called before too."),
    kept=_AS_LONG_AS_THE_ACCOUNT,
    order=1,
)
def former(user: User) -> list[dict[Any, Any]]:
    return [
        {_("Name"): each.full_name, _("E-mail address"): each.email, _("Until"): each.until}
        for each in user.former_identities.all()
    ]


@personal_data(
    _("Second factor"),
    why=_("So that a stolen password does not open your account. The keys themselves are never shown."),
    kept=_("Until you take it away, at most as long as you have the account."),
    correct="mfa_index",
    order=2,
)
def second_factor(user: User) -> list[dict[Any, Any]]:
    return [
        {
            _("Kind"): each.get_type_display(),
            _("Set up on"): each.created_at,
            _("Last used on"): each.last_used_at,
        }
        for each in Authenticator.objects.filter(user=user)
    ]


@personal_data(
    _("Where you are signed in"),
    why=_("So that you can see and end your sessions."),
    kept=_("Until the session ends."),
    correct="usersessions_list",
    order=2,
)
def sessions(user: User) -> list[dict[Any, Any]]:
    return [
        {
            _("Device"): device_of(each.user_agent),
            _("Network address"): each.ip,
            _("Signed in on"): each.created_at,
            _("Last seen on"): each.last_seen_at,
        }
        for each in UserSession.objects.filter(user=user)
    ]


@personal_data(
    _("Sign-in through another service"),
    why=_("So that the service's word that it is you opens this account."),
    kept=_AS_LONG_AS_THE_ACCOUNT,
    correct="socialaccount_connections",
    order=2,
)
def identities(user: User) -> list[dict[Any, Any]]:
    return [
        {
            _("Service"): each.provider,
            _("Number there"): each.uid,
            _("Joined on"): each.date_joined,
            _("What the service told"): each.extra_data,
        }
        for each in SocialAccount.objects.filter(user=user)
    ]


@personal_data(
    _("Roles"),
    why=_("They say what you may do here."),
    kept=_("As long as you hold them; the history says that a role was given, without you after an erasure."),
    order=3,
)
def roles(user: User) -> list[dict[Any, Any]]:
    return [
        {_("Role"): grant.get_role_display(), _("Given on"): grant.granted_at}
        for grant in user.role_grants.all()
    ]


@personal_data(
    _("Consents"),
    why=_("So that it can be shown to which words you agreed."),
    kept=_("After an erasure the row stays without you: it says only that somebody agreed."),
    order=4,
)
def consents(user: User) -> list[dict[Any, Any]]:
    return [
        {
            _("For what"): label_of(each),
            _("Version"): each.text.version,
            _("Words"): each.text.label,
            _("Given on"): each.given_at,
            _("Withdrawn on"): each.withdrawn_at,
        }
        for each in Consent.objects.filter(user=user).select_related("text")
    ]


@personal_data(
    _("Requests for erasure"),
    why=_("So that a request is met on its day and can be taken back before."),
    kept=_("After the erasure only that one was made, and when."),
    order=5,
)
def requests(user: User) -> list[dict[Any, Any]]:
    return [
        {
            _("Cause"): each.get_cause_display(),
            _("Asked for on"): each.asked_at,
            _("To be made on"): each.due_at,
            _("Taken back on"): each.cancelled_at,
        }
        for each in Erasure.objects.filter(user=user)
    ]


@personal_data(
    _("What you did in the portal"),
    why=_("So that decisions about public records can be accounted for."),
    kept=_("The step stays in the record's history; after an erasure it no longer says that it was you."),
    order=90,
)
def steps(user: User) -> list[dict[Any, Any]]:
    return [
        {_("When"): each.at, _("What"): _step(each), _("Record"): each.content_type.name}
        for each in StateChange.objects.filter(actor=user).select_related("content_type").order_by("-at")
    ]


@personal_data(
    _("Lists that you took out of the portal"),
    why=_("So that it is known who took which data out."),
    kept=_("Two years."),
    order=91,
)
def exports(user: User) -> list[dict[Any, Any]]:
    return [
        {_("When"): each.at, _("What"): each.what, _("Rows"): each.rows}
        for each in ExportLog.objects.filter(actor=user)
    ]


@on_erasure(
    erased=_(
        "Your account: name, e-mail address, password, second factor, roles, sessions on every device, and your "
        "addresses in the history of changes."
    ),
    stays=_(
        "What was decided about public records stays in their history, without saying that it was you, and your "
        "consents stay as proof without your name."
    ),
)
def forget_addresses_of_consents(user: User) -> None:
    """Agreements given by the address alone, in forms that need no account."""
    Consent.objects.filter(is_any("email", addresses_of(user))).update(email="")


@waiting_for_me
def erasure_that_waits(user: User) -> Iterator[Waiting]:
    """Whoever signs in while an erasure waits is shown where it can be taken back."""
    for erasure in Erasure.objects.open().filter(user=user):
        day = long_date(timezone.localtime(erasure.due_at).date(), get_language() or user.language)
        yield Waiting(
            _t("Your account will be erased on %(day)s. You can still keep it.") % {"day": day},
            reverse("account_data_erasure"),
        )


def label_of(consent: Consent) -> Words:
    """The purpose in words; its key when the portal no longer asks for it."""
    purpose = purpose_of(consent.text.purpose)
    return purpose.label if purpose else consent.text.purpose


def _step(change: StateChange) -> Words:
    model = change.content_type.model_class()
    workflow = workflow_of(model) if model else None
    transition = workflow.transitions.get(change.transition) if workflow else None
    return transition.label if transition else change.transition
