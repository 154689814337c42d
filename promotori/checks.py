"""What must hold before the portal serves in production."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection

from core.accounts.models import User
from promotori.demo import DEMO_DOMAIN, demo_people_exist


def no_demo_people() -> bool:
    """False when this is production and somebody of the demo could sign in."""
    if settings.PORTAL_MODE != "production":
        return True
    # Before the first migration there is nobody at all.
    return User._meta.db_table not in connection.introspection.table_names() or not demo_people_exist()


@register(Tags.database)
def check_demo_people(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Asked by `check --database default` and by `migrate`, before a release serves."""
    if not databases or no_demo_people():
        return []
    return [
        Error(
            f"The database holds people of the demo (@{DEMO_DOMAIN}), whose passwords are public.",
            hint="Use a database that never served a demo.",
            id="portal.E001",
        )
    ]
