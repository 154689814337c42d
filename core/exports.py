"""What leaves the building as a list is written down: who took it, when, chosen by what, how many rows."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from core.models import ExportLog

if TYPE_CHECKING:
    from core.accounts.models import User

KEPT: Final = timedelta(days=2 * 365)
_LONGEST: Final = 500


def log_export(
    user: "User | None", what: str, filters: Mapping[str, object], rows: int, *, file_format: str = ""
) -> ExportLog:
    """Writes down one export; ``what`` names the list, ``filters`` says by what it was chosen (nothing: all)."""
    said = {str(name)[:100]: str(value)[:_LONGEST] for name, value in filters.items()}
    return ExportLog.objects.create(
        actor=user, what=what[:100], filters=said, rows=rows, file_format=file_format
    )


def erase_old_exports(*, now: datetime) -> int:
    """Erases what was written down two years ago; returns how many."""
    return ExportLog.objects.filter(at__lt=now - KEPT).delete()[0]
