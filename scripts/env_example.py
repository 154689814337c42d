"""Writes .env.example from promotori/environment.py, so that the two always agree.

python -m scripts.env_example
"""

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from promotori.environment import Environment
from scripts.places import ROOT

# What docker-compose.yml sets itself from the lines of its own.
SET_BY_COMPOSE = {"PORTAL_MODE", "DATABASE_URL", "REDIS_URL", "BROKER_URL", "MEDIA_ROOT", "STATIC_ROOT"}
EXAMPLES = {
    "SITE_URL": "https://portal.example.ro",
    "ALLOWED_HOSTS": "portal.example.ro",
    "CONTACT_EMAIL": "voluntariat@example.ro",
    "EMAIL_URL": "smtp+tls://user:password@mail.example.ro:587",
    "DEFAULT_FROM_EMAIL": "Promotorii Voluntariatului <portal@example.ro>",
}
HEAD = """\
# The portal's environment: copy to .env and fill in. Made from promotori/environment.py by
# `python -m scripts.env_example`; a test keeps the two alike.
# Lines that begin with # show the default, or what docker-compose.yml sets itself.
"""
TAIL = """
# --- Read by docker-compose.yml and gunicorn.conf.py ---

# Password of the database in the container `postgres`; letters and digits, since it stands in an address.
POSTGRES_PASSWORD=

# Processes of the web container, and threads in each.
#WEB_CONCURRENCY=2
#WEB_THREADS=4
"""


def example() -> str:
    """The text of .env.example."""
    return (
        HEAD + "".join(_entry(name.upper(), field) for name, field in Environment.model_fields.items()) + TAIL
    )


def _entry(name: str, field: FieldInfo) -> str:
    default = "" if field.default is PydanticUndefined or field.default is None else str(field.default)
    if name in SET_BY_COMPOSE:
        line = f"#{name}={default}"
    elif name in EXAMPLES:
        line = f"{name}={EXAMPLES[name]}"
    elif field.is_required():
        line = f"{name}="
    else:
        line = f"#{name}={default}"
    return f"\n# {field.description}\n{line}\n"


if __name__ == "__main__":
    (ROOT / ".env.example").write_text(example(), encoding="utf-8")
