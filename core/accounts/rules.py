"""Who may see people and give roles."""

from core.accounts.choices import Role
from core.permissions import VIEW, editorial_team, grant, has_role, nobody

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
# The words of consents are added, never changed once somebody agreed to them; agreements are given by people alone.
grant(
    "accounts",
    "consenttext",
    {VIEW: editorial_team, "add": administrator, "change": administrator, "delete": nobody},
)
grant("accounts", "consent", {VIEW: administrator})
# Asked for on behalf of a person, or taken back for them.
grant("accounts", "erasure", {VIEW: administrator, "add": administrator, "change": administrator})
