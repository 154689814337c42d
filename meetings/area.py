"""What gatherings add to the own area: my registrations, and those that wait for my confirmation."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from core.accounts.area import Waiting, menu_entry, waiting_for_me
from core.accounts.models import User
from core.dates import long_datetime
from meetings.homes import home_of
from meetings.links import registration_path
from meetings.selectors.mine import registrations_of
from organisations.models import StructureRepresentative

menu_entry(gettext_lazy("My registrations"), "meetings:mine", order=25)
menu_entry(
    gettext_lazy("Invitations to your members"),
    "meetings:structure_invitations",
    order=30,
    visible=lambda user: StructureRepresentative.objects.filter(user=user).exists(),
)


@waiting_for_me
def unconfirmed_registrations(user: User) -> Iterator[Waiting]:
    """Places and turns that are kept until the address is confirmed."""
    now = timezone.now()
    held = registrations_of(user).filter(address_confirmed_at=None, held_until__gt=now, ended_at=None)
    for registration in held:
        home = home_of(registration.meeting)
        until = timezone.localtime(registration.held_until)
        yield Waiting(
            _("%(meeting)s: confirm your registration until %(until)s.")
            % {
                "meeting": home.heading(registration.meeting) if home else registration.meeting.title,
                "until": long_datetime(until, get_language() or user.language),
            },
            registration_path(registration),
        )
