"""Who may read and handle the messages of the public, and write the texts of pages."""

from core.accounts.choices import Role
from core.permissions import VIEW, editorial_team, grant, has_role, nobody

# Nobody writes a message on behalf of the public.
grant(
    "pages",
    "feedback",
    {
        VIEW: editorial_team,
        "add": nobody,
        "change": editorial_team,
        "delete": has_role(Role.ADMINISTRATOR),
    },
)
# A text is never taken away: emptied, it gives its place back to the portal's own words, and keeps its history.
grant(
    "pages",
    "pagetext",
    {VIEW: editorial_team, "add": editorial_team, "change": editorial_team, "delete": nobody},
)
