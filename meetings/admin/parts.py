"""Agenda and materials of a meeting, on its own page or on the page of what has the meeting."""

from typing import Any

from django.contrib.admin import AdminSite
from django.db import models
from unfold.forms import PaginationInlineFormSet

from core.admin import PortalTabularInline
from meetings.models import AgendaItem, Material, Meeting


class MeetingPartFormSet(PaginationInlineFormSet):
    """Rows of the meeting of ``instance``; a meeting that is made by the same form is found when saving."""

    def __init__(self, *args: Any, instance: models.Model | None = None, **kwargs: Any) -> None:
        self.owner = instance
        super().__init__(*args, instance=_meeting_of(instance) or Meeting(), **kwargs)

    def save(self, commit: bool = True) -> Any:
        self.instance = _meeting_of(self.owner) or self.instance
        return super().save(commit=commit)


def _meeting_of(owner: Any) -> Meeting | None:
    if owner is None or isinstance(owner, Meeting):
        return owner
    return owner.meeting if owner.meeting_id else None


class MeetingPartInline(PortalTabularInline):
    formset = MeetingPartFormSet

    def __init__(self, parent_model: type[models.Model], admin_site: AdminSite) -> None:
        super().__init__(parent_model, admin_site)
        # The rows belong to the meeting, whoever's page they are shown on.
        self.parent_model = Meeting


class AgendaInline(MeetingPartInline):
    model = AgendaItem
    fields = ("position", "starts_at", "title", "speaker", "speaker_role")


class MaterialInline(MeetingPartInline):
    model = Material
    fields = ("position", "title", "file", "url", "is_public")
