"""Who may read the steps of workflows."""

from core.accounts.choices import Role
from core.permissions import VIEW, grant, has_role

# Steps are written by core.workflow alone.
grant("core", "statechange", {VIEW: has_role(Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER, Role.EDITOR)})
# Written by core.exports alone; for whoever answers for the data.
grant("core", "exportlog", {VIEW: has_role(Role.ADMINISTRATOR)})
