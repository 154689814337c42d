"""Places and turns that were kept for an address which nobody confirmed."""

from datetime import datetime

from django.db import transaction

from meetings.emails.registration import post_lapsed
from meetings.models import Meeting, Registration
from meetings.services.places import fill_places, lock_meeting
from meetings.workflow import REGISTRATION_WORKFLOW


def release_held(*, now: datetime) -> int:
    """Lets lapse what was kept until before ``now``, tells those people, and gives places to who waits.

    One transaction a meeting; says how many lapsed. Fit to run twice at once.
    """
    overdue = Registration.objects.overdue(now)
    return sum(_release(meeting, now) for meeting in Meeting.objects.filter(pk__in=overdue.values("meeting")))


@transaction.atomic
def _release(meeting: Meeting, now: datetime) -> int:
    locked = lock_meeting(meeting)
    lapsed = list(Registration.objects.overdue(now).filter(meeting=locked))
    for registration in lapsed:
        registration = REGISTRATION_WORKFLOW.perform(registration, "lapse", actor=None)
        registration.meeting = locked
        post_lapsed(registration=registration)
    if lapsed:
        fill_places(meeting=locked)
    return len(lapsed)
