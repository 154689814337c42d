"""Who may keep gatherings."""

from core.permissions import grant_editorial

grant_editorial(
    "meetings",
    "meeting",
    "agendaitem",
    "material",
)
