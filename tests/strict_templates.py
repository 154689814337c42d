"""Makes a template fail on a variable that it was not given, in our own templates only."""

import sys
from typing import Any

from django.template.base import Node

from scripts.places import ROOT


class UnknownVariableError(Exception):
    """A template of the portal uses a variable that its view does not pass."""


class RefuseUnknown(str):
    """Stands as ``string_if_invalid``: Django formats it with the variable it does not find.

    Templates of installed packages lean on missing variables being empty, so theirs stay empty.
    """

    __slots__ = ()

    def __contains__(self, key: object) -> bool:
        return key == "%s"

    def __bool__(self) -> bool:
        return True

    def __mod__(self, variable: Any) -> str:
        template = _template_being_rendered()
        if template and template.startswith(str(ROOT)) and "site-packages" not in template:
            raise UnknownVariableError(f"“{variable}” is unknown in {template}")
        return ""


def _template_being_rendered() -> str | None:
    frame = sys._getframe()
    while frame := frame.f_back:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and getattr(node, "origin", None):
            return str(node.origin.name)
    return None
