"""The page docs/roles.md, written from the rules themselves."""

from django.apps import apps
from django.utils.translation import override

from core.accounts.choices import GRANTED_ROLES, STAFF_ROLES, Role
from core.permissions import Permission, permissions

INTRODUCTION = """\
# Roles and what they may do

Written by `python manage.py write_matrix` from the rules in each app's `rules.py`; a test says when it is older.
"all" means everywhere, "own" only for one's own organisation or structure, an empty cell never; what has no line is
done by nobody, or by the portal itself. A superuser, made by `createsuperuser` for the first start, may do everything.
Whoever has no account sees the public pages and sends messages.
"""


def matrix_page() -> str:
    """The whole page as Markdown, in English."""
    with override("en"):
        return "\n".join([INTRODUCTION, *_roles(), "", "## Permissions", "", *_table(), ""])


def _roles() -> list[str]:
    lines = ["## Roles", "", "| role | what for | how one gets it | second factor |", "|---|---|---|---|"]
    for role in Role:
        given = (
            "granted by an administrator"
            if role in GRANTED_ROLES
            else "named in an organisation or structure"
        )
        factor = "compulsory" if role in STAFF_ROLES else "at will"
        lines.append(f"| {role.label} | {role.sentence} | {given} | {factor} |")
    return lines


def _table() -> list[str]:
    lines = [
        "| what | may | " + " | ".join(str(role.label) for role in Role) + " |",
        "|---|---|" + ":-:|" * len(Role),
    ]
    for permission in permissions():
        holders = permission.holders()
        cells = " | ".join(holders.get(role, "") for role in Role)
        lines.append(f"| {_thing(permission)} | {permission.action.replace('_', ' ')} | {cells} |")
    return lines


def _thing(permission: Permission) -> str:
    return str(apps.get_model(permission.app_label, permission.model)._meta.verbose_name)
