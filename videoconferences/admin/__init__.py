"""The regional calendar in the admin, what organisations propose for it, what it concluded."""

from videoconferences.admin.board import ThemeProposalAdmin
from videoconferences.admin.calendar import CoOrganiserAdmin, ThemeAdmin, VideoconferenceAdmin
from videoconferences.admin.conclusions import ConclusionAdmin

__all__ = ["CoOrganiserAdmin", "ConclusionAdmin", "ThemeAdmin", "ThemeProposalAdmin", "VideoconferenceAdmin"]
