"""Phases whose date has come."""

from django.utils import timezone

from programmes.choices import EditionStatus
from programmes.models import EditionPhase

_ORDER = list(EditionStatus)


def overdue_editions() -> list[int]:
    """Keys of the editions whose state lies before a phase that opened already, by the order of the phases."""
    phases = EditionPhase.objects.filter(opens_at__lte=timezone.now()).values_list(
        "edition", "phase", "edition__status"
    )
    return sorted(
        {
            edition
            for edition, phase, status in phases
            if _ORDER.index(EditionStatus(phase)) > _ORDER.index(EditionStatus(status))
        }
    )
