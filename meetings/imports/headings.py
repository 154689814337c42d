"""Which column of a report holds what: headings of Zoom, Microsoft Teams and Webex, in English and Romanian."""

from collections.abc import Sequence
from typing import Final

from core.text import fold
from meetings.choices import Platform

_NAMES: Final = frozenset(
    {
        "name",
        "nume",
        "numele",
        "full name",
        "nume complet",
        "numele complet",
        "name original name",
        "nume nume original",
        "nume numele original",
        "display name",
        "nume afisat",
        "numele afisat",
        "participant",
        "participant name",
        "nume participant",
        "attendee name",
        "nume si prenume",
    }
)
_MAIL: Final = frozenset({"email", "mail", "emailul"})
_NOT_THEIRS: Final = frozenset({"host", "gazda", "organizer", "organizator"})
_JOIN: Final = frozenset(
    {"join", "joined", "intrare", "intrarii", "alaturare", "alaturarii", "asociere", "asocierii", "conectare"}
    | {"conectarii", "participare", "participarii"}
)
_LEAVE: Final = frozenset(
    {"leave", "left", "iesire", "iesirii", "parasire", "parasirii", "plecare", "plecarii", "deconectare"}
    | {"deconectarii"}
)
_FIRST: Final = frozenset({"first", "prima", "primei", "primul"})
_LAST: Final = frozenset({"last", "ultima", "ultimei", "ultimul"})
_LENGTH: Final = frozenset({"duration", "durata", "duratei"})
_STAMP: Final = frozenset(
    {"timestamp", "marca de timp", "marca temporala", "marcaj de timp", "marcaj temporal"}
)
_UTC: Final = frozenset({"utc", "gmt"})


def meaning(heading: str) -> str:
    """What a column holds: name email first last join leave duration action stamp waiting; "" for any other."""
    text = fold(heading)
    words = set(text.split())
    if text in _NAMES:
        return "name"
    if (words & _MAIL and not words & _NOT_THEIRS) or ({"e", "mail"} <= words and not words & _NOT_THEIRS):
        return "email"
    if "action" in words or "actiune" in words or "actiunea" in words:
        return "action"
    if text in _STAMP:
        return "stamp"
    if {"waiting", "room"} <= words or {"sala", "asteptare"} <= words:
        return "waiting"
    if words & _LENGTH:
        return "duration"
    if words & _JOIN:
        return "first" if words & _FIRST else "join"
    if words & _LEAVE:
        return "last" if words & _LAST else "leave"
    return ""


def columns_of(cells: Sequence[str]) -> dict[str, int]:
    """Column by what it holds, when the line is the header of a table of people; else nothing."""
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        if kind := meaning(cell):
            found.setdefault(kind, place)
    is_header = "name" in found and (
        found.keys() & {"join", "first", "duration"} or {"action", "stamp"} <= found.keys()
    )
    return found if is_header else {}


def is_utc(heading: str) -> bool:
    """Whether the heading says that its times are those of Greenwich."""
    return bool(set(fold(heading).split()) & _UTC)


def platform_of(headings: Sequence[str], lines_before: Sequence[str]) -> Platform:
    """Whose report it is, by its headings and the lines above them; Zoom's are the plainest."""
    folded = [fold(each) for each in headings]
    words = {word for each in folded for word in each.split()}
    said = " ".join(fold(each) for each in lines_before)
    if "attendee" in words or "attendance duration" in folded or "durata prezentei" in folded:
        return Platform.WEBEX
    if any("original" in each for each in folded):
        return Platform.ZOOM
    kinds = {meaning(each) for each in headings}
    if (
        kinds & {"first", "last", "action"}
        or {"participant", "upn"} <= words
        or "1 summary" in said
        or "1 rezumat" in said
        or "full name" in folded
        or "nume complet" in folded
        or "meeting summary" in said
    ):
        return Platform.TEAMS
    return Platform.ZOOM
