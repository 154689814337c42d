"""The closing event and the promoters' meetings, for whoever may see them."""

from typing import Any

from django.db.models import Q, QuerySet

from meetings.choices import PUBLIC_MEETING_STATUSES
from programmes.choices import PUBLIC_EDITION_STATUSES
from programmes.models import ClosingEvent, Mandate, PromotersMeeting

_PUBLIC = Q(meeting__status__in=PUBLIC_MEETING_STATUSES, edition__status__in=PUBLIC_EDITION_STATUSES)


def closing_events(user: Any) -> QuerySet[ClosingEvent]:
    """Those of public editions once they are announced; staff see drafts too."""
    found = ClosingEvent.objects.select_related("edition", "meeting")
    return found if getattr(user, "is_staff", False) else found.filter(_PUBLIC)


def promoters_meetings(user: Any) -> QuerySet[PromotersMeeting]:
    """Announced ones, for the people of organisations with a mandate in the edition; staff see all."""
    found = PromotersMeeting.objects.select_related("edition", "meeting")
    if getattr(user, "is_staff", False):
        return found
    mandates = Mandate.objects.filter(organisation__memberships__user_id=getattr(user, "pk", None) or 0)
    return found.filter(_PUBLIC, edition__in=mandates.values("edition"))
