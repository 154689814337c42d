"""What every mail about a gathering may name, in the reader's language."""

from collections.abc import Mapping

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from core.dates import long_date, long_datetime
from core.messaging.kinds import MailKind
from core.messaging.services import post_message
from core.messaging.services.posting import Attachment
from meetings.homes import home_of
from meetings.invites import Method, calendar_attachment
from meetings.links import registration_url
from meetings.models import Meeting, Registration

# Placeholders that each mail to a registrant may use.
FACTS: dict[str, str | Promise] = {
    "meeting": _("name of the gathering"),
    "when": _("day and hour"),
    "where": _("place, or that it is online"),
    "link": _("address of the person's own page"),
    "page": _("address of the gathering's page"),
}


def post_to_registrant(
    *,
    kind: MailKind,
    registration: Registration,
    key: str,
    method: Method | None = None,
    more: Mapping[str, object] | None = None,
) -> None:
    """Writes one mail about a registration whose meeting is loaded; with a calendar entry where ``method`` says so.

    The name that was typed is in none of them: whoever types another's address must not write them a letter.
    """
    meeting = registration.meeting
    attachments: list[Attachment] = []
    if method is not None:
        attachments.append(calendar_attachment(meeting=meeting, registration=registration, method=method))
    post_message(
        kind=kind,
        key=key,
        to=registration.email,
        values={
            **facts_of(meeting, registration.language),
            "link": registration_url(registration),
            **(more or {}),
        },
        language=registration.language,
        about=registration,
        attachments=attachments,
    )


def facts_of(meeting: Meeting, language: str) -> dict[str, object]:
    """The facts that do not depend on who reads."""
    with override(language):
        home = home_of(meeting)
        return {
            "meeting": home.heading(meeting) if home else meeting.title,
            "when": _when(meeting, language),
            "where": meeting.place or (_t("online") if meeting.is_online else ""),
            "page": f"{settings.SITE_URL}{home.address(meeting)}" if home else settings.SITE_URL,
        }


def _when(meeting: Meeting, language: str) -> str:
    if meeting.starts_at is None:
        return long_date(meeting.on_date, language)
    return long_datetime(timezone.localtime(meeting.starts_at), language)
