"""Announcements and documents that anybody may read."""

from django.db.models import Q, QuerySet

from programmes.choices import PUBLIC_EDITION_STATUSES
from programmes.models import Announcement, EditionDocument


def public_announcements() -> QuerySet[Announcement]:
    """Announcements whose moment has come, newest first; of public editions or of none."""
    public = Q(edition__isnull=True) | Q(edition__status__in=PUBLIC_EDITION_STATUSES)
    return Announcement.objects.published().filter(public).select_related("edition")


def public_documents() -> QuerySet[EditionDocument]:
    """Documents that are shown to everybody, of editions that are public."""
    return EditionDocument.objects.filter(
        is_public=True, edition__status__in=PUBLIC_EDITION_STATUSES
    ).select_related("edition")
