"""Who may see people and give roles."""

from core.accounts.choices import Role
from core.permissions import VIEW, editorial_team, grant, has_role, nobody

administrator = has_role(Role.ADMINISTRATOR)

# Nobody deletes a person by hand: they are deactivated, or forgotten at their request (decision 13).
grant(
    "accounts",
    "user",
    {
        VIEW: administrator,
        "add": administrator,
        "change": administrator,
        "delete": nobody,
        "forget": administrator,
    },
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
# Entered and taken back on the page of the person ("forget"), made by the clock.
grant("accounts", "erasure", {VIEW: administrator})
