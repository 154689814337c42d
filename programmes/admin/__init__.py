"""The editions in the admin."""

from programmes.admin.closing import ClosingEventAdmin, PromotersMeetingAdmin
from programmes.admin.edition import EditionAdmin
from programmes.admin.mandates import MandateAdmin
from programmes.admin.publications import AnnouncementAdmin, EditionDocumentAdmin

__all__ = [
    "AnnouncementAdmin",
    "ClosingEventAdmin",
    "EditionAdmin",
    "EditionDocumentAdmin",
    "MandateAdmin",
    "PromotersMeetingAdmin",
]
