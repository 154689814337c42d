"""Environment of the demo on one's own machine; production refuses to start with it."""

import os

from scripts.places import var_folder

# Printed in the open and known to everybody: promotori/environment.py refuses its prefix in production.
DEMO_SECRET_KEY = "demo-only-0123456789-0123456789-0123456789-0123456789-0123456789"  # noqa: S105
MAIL_PORT_OFFSET = 2025


def port() -> int:
    """Port of the portal: PORT, else 8000."""
    return int(os.environ.get("PORT") or 8000)


def demo_environment() -> dict[str, str]:
    """What the portal reads in the demo, without the servers' addresses."""
    var = var_folder()
    return {
        "PORTAL_MODE": "demo",
        "SECRET_KEY": DEMO_SECRET_KEY,
        "SITE_URL": f"http://localhost:{port()}",
        "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
        "CONTACT_EMAIL": "echipa.exemplu@example.org",
        "EMAIL_URL": f"smtp://127.0.0.1:{port() + MAIL_PORT_OFFSET}",
        "MEDIA_ROOT": str(var / "media"),
        "STATIC_ROOT": str(var / "static"),
        "BEHIND_TLS_PROXY": "false",
    }
