"""Who must do what, when, by which article: the checklist of Legea 78/2014 for hosts of volunteers.

Each line says on what it rests. The team read the published amendment of 2022 in full, extracts of the law on public
pages, and what others report of it; not the consolidated text. What rests on less than an extract says so.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organisations.legal.situation import Situation


class Phase(TextChoices):
    BEFORE = "inainte", _("Before the activity begins")
    DURING = "in-timpul", _("During the activity")
    END = "la-final", _("At the end, or when the volunteer asks")
    YEARLY = "anual", _("Every year")
    AVOID = "de-evitat", _("What to avoid")


class Grounds(TextChoices):
    """What a line rests on."""

    OFFICIAL = "official", _("Read in the official text")
    EXTRACT = "extract", _("Read in extracts of the law")
    REPORTED = "reported", _("As reported by others")
    ADVICE = "advice", _("Our advice")
    OPEN = "open", _("Not verified")


TONES = {
    Grounds.OFFICIAL.value: "green",
    Grounds.EXTRACT.value: "blue",
    Grounds.REPORTED.value: "plain",
    Grounds.ADVICE.value: "plain",
    Grounds.OPEN.value: "sun",
}

EACH = _("each volunteer")
AT_HOST = _("the host")


@dataclass(frozen=True)
class Condition:
    """When a line concerns a host: its words, and whether it does."""

    words: str | Promise
    holds: Callable[[Situation], bool]
    # Whether the situation leaves it open; then the line is shown with its condition.
    is_open: Callable[[Situation], bool] = field(default=lambda situation: False)


@dataclass(frozen=True)
class Duty:
    """One line of the checklist; ``article`` is a citation and stays Romanian."""

    phase: Phase
    title: str | Promise
    text: str | Promise
    grounds: Grounds
    article: str = ""
    # Empty where it is the host.
    who: str | Promise = ""
    whom: str | Promise = ""
    kept: str | Promise = ""
    papers: tuple[str, ...] = ()
    condition: Condition | None = None

    @property
    def tone(self) -> str:
        return TONES[self.grounds.value]
