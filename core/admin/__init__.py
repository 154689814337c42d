"""What every page of the admin shares; the apps' admin modules are made of these classes."""

from core.admin.base import (
    PortalAdmin,
    PortalStackedInline,
    PortalTabularInline,
    ReadOnlyAdmin,
    ReadOnlyInline,
)
from core.admin.exchange import ExchangeMixin, ExportOnlyMixin
from core.admin.export_log import ExportLogAdmin
from core.admin.state_changes import StateChangeAdmin
from core.admin.terms import TermAdmin

__all__ = [
    "ExchangeMixin",
    "ExportLogAdmin",
    "ExportOnlyMixin",
    "PortalAdmin",
    "PortalStackedInline",
    "PortalTabularInline",
    "ReadOnlyAdmin",
    "ReadOnlyInline",
    "StateChangeAdmin",
    "TermAdmin",
]
