"""Who may keep videoconferences and their themes."""

from core.permissions import grant_editorial

grant_editorial(
    "videoconferences",
    "videoconference",
    "theme",
    "coorganiser",
    "videoconferencetheme",
)
