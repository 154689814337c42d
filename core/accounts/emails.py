"""Mails about one's own account: that it will be erased, and until when that can be taken back."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from core.accounts import sign_in_mails as sign_in_mails
from core.accounts.models import Erasure, User
from core.dates import long_date
from core.messaging.kinds import MailKind, register
from core.messaging.services import post_message

_PLACEHOLDERS = {
    "name": _("the person's name"),
    "day": _("the day on which the account is erased"),
    "link": _("the page on which the person keeps the account"),
}

ERASURE_ASKED = register(
    MailKind(
        name="accounts.erasure_asked",
        label=_("The account will be erased, as the person asked"),
        subject=_("Your account will be erased on {day}"),
        body=_(
            "You asked us to erase your account and what the portal keeps about you. We will do so on {day}.\n\n"
            "If you change your mind, sign in before that day and choose to keep the account:\n\n"
            "[Keep my account]({link})\n\n"
            "If you did not ask for this, sign in now, keep the account and change your password."
        ),
        placeholders=_PLACEHOLDERS,
    )
)
ERASURE_BY_STAFF = register(
    MailKind(
        name="accounts.erasure_by_staff",
        label=_("The account will be erased, as the team entered at the person's request"),
        subject=_("Your account will be erased on {day}"),
        body=_(
            "The programme's team has entered your request to be forgotten. We will erase your account and what the "
            "portal keeps about you on {day}.\n\n"
            "If you did not ask for this or have changed your mind, sign in before that day and choose to keep the "
            "account:\n\n"
            "[Keep my account]({link})"
        ),
        placeholders=_PLACEHOLDERS,
    )
)
LONG_ABSENCE = register(
    MailKind(
        name="accounts.long_absence",
        label=_("The account will be erased after a long absence: first notice"),
        subject=_("We will erase your unused account on {day}"),
        body=_(
            "You have not signed in for almost two years. We do not keep data that nobody needs, so we will erase your "
            "account on {day}.\n\n"
            "To keep it, sign in once before that day. Nothing else is needed.\n\n"
            "[Sign in]({link})\n\n"
            "The organisations for which you act stay in the registry; only your account goes."
        ),
        placeholders={**_PLACEHOLDERS, "link": _("the page on which the person signs in")},
    )
)
LONG_ABSENCE_REMINDER = register(
    MailKind(
        name="accounts.long_absence_reminder",
        label=_("The account will be erased after a long absence: last notice"),
        subject=_("Last notice: we will erase your account on {day}"),
        body=_(
            "We wrote to you that your account has not been used for almost two years. We will erase it on {day}.\n\n"
            "To keep it, sign in once before that day.\n\n"
            "[Sign in]({link})"
        ),
        placeholders={**_PLACEHOLDERS, "link": _("the page on which the person signs in")},
    )
)


def tell_of_erasure(erasure: Erasure, *, by_staff: bool) -> None:
    """That the account will be erased at somebody's request; once an erasure."""
    _post(ERASURE_BY_STAFF if by_staff else ERASURE_ASKED, erasure, "account_data_erasure")


def tell_of_absence(erasure: Erasure) -> None:
    """The first of the two notices after a long absence; once an erasure."""
    _post(LONG_ABSENCE, erasure, "account_login")


def remind_of_absence(erasure: Erasure) -> None:
    """The last notice after a long absence; once an erasure."""
    _post(LONG_ABSENCE_REMINDER, erasure, "account_login")


def _post(kind: MailKind, erasure: Erasure, page: str) -> None:
    user = erasure.user
    assert isinstance(user, User)  # noqa: S101  (an open erasure names its person)
    with override(user.language):
        values = {
            "name": user.full_name,
            "day": long_date(timezone.localtime(erasure.due_at).date(), user.language),
            "link": f"{settings.SITE_URL}{reverse(page)}",
        }
    post_message(
        kind=kind,
        key=f"{kind.name}:{erasure.pk}",
        to=user.email,
        values=values,
        user=user,
        language=user.language,
        about=erasure,
    )
