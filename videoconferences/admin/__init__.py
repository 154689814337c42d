"""The regional calendar in the admin, what organisations propose for it, what it concluded."""

from videoconferences.admin.calendar import CoOrganiserAdmin, ThemeAdmin, VideoconferenceAdmin

__all__ = ["CoOrganiserAdmin", "ThemeAdmin", "VideoconferenceAdmin"]
