"""What everybody may know of the places of a gathering."""

from django.utils.translation import gettext as _

from meetings.models import Meeting

# Exact numbers would tell whether an address that somebody tries is new: it takes a place, a known one does not.
STEP = 10


def places_sentence(meeting: Meeting, left: int | None, *, is_full: bool) -> str:
    """Places left, in tens; empty where there is no limit."""
    if is_full:
        return _(
            "All places are taken. You can register for the waiting list: when a place becomes free, the first who "
            "waits gets it and we write at once."
        )
    if left is None or meeting.capacity is None:
        return ""
    if left < STEP:
        return _("Fewer than %(number)d places are left, of %(all)d.") % {
            "number": STEP,
            "all": meeting.capacity,
        }
    return _("At least %(number)d places are left, of %(all)d.") % {
        "number": left - left % STEP,
        "all": meeting.capacity,
    }
