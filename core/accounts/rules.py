"""Who may see people and give roles."""

from core.accounts.choices import Role
from core.permissions import VIEW, grant, has_role, nobody

administrator = has_role(Role.ADMINISTRATOR)

# A person is deactivated, not deleted, so that history keeps its actors.
grant(
    "accounts", "user", {VIEW: administrator, "add": administrator, "change": administrator, "delete": nobody}
)
grant(
    "accounts",
    "rolegrant",
    {VIEW: administrator, "add": administrator, "change": nobody, "delete": administrator},
)
