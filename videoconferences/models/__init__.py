"""What an edition's regional calendar stores: videoconferences, their themes, what they concluded."""

from videoconferences.models.board import MOST_RANKED, ThemeProposal, ThemeProposalQuerySet, ThemeRank
from videoconferences.models.conclusion import Conclusion, ConclusionQuerySet
from videoconferences.models.videoconference import (
    CoOrganiser,
    Theme,
    Videoconference,
    VideoconferenceQuerySet,
    VideoconferenceTheme,
)

__all__ = [
    "MOST_RANKED",
    "CoOrganiser",
    "Conclusion",
    "ConclusionQuerySet",
    "Theme",
    "ThemeProposal",
    "ThemeProposalQuerySet",
    "ThemeRank",
    "Videoconference",
    "VideoconferenceQuerySet",
    "VideoconferenceTheme",
]
