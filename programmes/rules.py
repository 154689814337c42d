"""Who may keep the editions and what they publish."""

from core.permissions import grant_editorial

grant_editorial(
    "programmes",
    "edition",
    "editionphase",
    "editionpart",
    "statedfigure",
    "mandate",
    "editionpartner",
    "activity",
    "calendartext",
    "closingevent",
    "announcement",
    "editiondocument",
)
