"""Unfold's settings: the admin in the portal's colours (filled by the admin's owner)."""

UNFOLD: dict[str, object] = {"SITE_TITLE": "Promotori", "SITE_HEADER": "Promotori"}
