"""Who may read the mails of the portal, decide about them and write their words."""

from core.accounts.choices import Role
from core.permissions import VIEW, grant, has_role, nobody

managers = has_role(Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER)

# A mail is written by what happens; staff decide only whether it leaves.
grant("messaging", "message", {VIEW: managers, "add": nobody, "change": managers, "delete": nobody})
grant("messaging", "attempt", {VIEW: managers})
grant("messaging", "messageattachment", {VIEW: managers})
# Words of staff are given back to the portal's own, not deleted: what was written stays in the history.
grant("messaging", "wording", {VIEW: managers, "add": managers, "change": managers, "delete": nobody})
