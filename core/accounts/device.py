"""Which browser on which device, in words that its owner recognises."""

from django.utils.translation import gettext as _

# The first that is found counts: Edge and Opera also say that they are Chrome, and Chrome that it is Safari.
_BROWSERS = (
    ("Edg", "Microsoft Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def device_of(user_agent: str) -> str:
    """ "Firefox on Windows"; what does not say who it is, is an unknown browser or device.

    >>> device_of("")
    'Unknown browser, unknown device'
    """
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    if browser:
        return _("%(browser)s, unknown device") % {"browser": browser}
    if system:
        return _("Unknown browser on %(system)s") % {"system": system}
    return _("Unknown browser, unknown device")
