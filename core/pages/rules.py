"""Who may read and handle the messages of the public."""

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
