"""One cell of a file made into what the record keeps, or refused in a sentence."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.sheets import unescape_cell
from core.text import fold, normalise
from organisations.checks import normalised_cui
from organisations.choices import Kind, LegalForm, Level
from organisations.imports.lookups import Lookups
from organisations.models import Organisation
from organisations.spreadsheets import UNKNOWN_COUNTY, UNKNOWN_ORGANISATION, UNKNOWN_TERM, UNKNOWN_UAT

TEXTS: Final = (
    "legal_name",
    "public_name",
    "acronym",
    "national_register_number",
    "court_register_number",
    "court",
    "summary",
    "source",
)
CHOICES: Final[dict[str, Any]] = {"kind": Kind, "legal_form": LegalForm, "level": Level}
LISTS: Final = ("activity_counties", "domains", "beneficiaries", "goals")
_DAYS: Final = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y")


class CellError(ValueError):
    """The cell says something that cannot be; the text says what, in words."""


def plain(text: str) -> str:
    """The cell as it is kept: right letters, no control characters, no apostrophe of an escaped formula."""
    return unescape_cell(normalise(text).strip())


def readers(lookups: Lookups) -> dict[str, Callable[[str], Any]]:
    """How each column is read: a function of the cell's text that gives what is kept, or raises CellError."""
    found: dict[str, Callable[[str], Any]] = {name: _text(name) for name in TEXTS}
    found |= {name: _choice(choices) for name, choices in CHOICES.items()}
    found |= {name: _terms(lookups.terms[name], name == "activity_counties") for name in LISTS}
    found["cui"] = _cui
    found["court_register_date"] = _day
    found["seat"] = _one({code: uat.pk for code, uat in lookups.uats.items()}, str, UNKNOWN_UAT)
    found["county"] = _one(
        {code: county.pk for code, county in lookups.counties.items()}, fold, UNKNOWN_COUNTY
    )
    found["parent"] = _one(lookups.by_slug, str.lower, UNKNOWN_ORGANISATION)
    return found


def _text(name: str) -> Callable[[str], str]:
    longest = Organisation._meta.get_field(name).max_length or 2000  # type: ignore[union-attr]

    def read(text: str) -> str:
        if len(text) > longest:
            raise CellError(
                _("The text has %(length)d characters; at most %(most)d can be kept.")
                % {"length": len(text), "most": longest}
            )
        return text

    return read


def _choice(choices: Any) -> Callable[[str], str]:
    known = {fold(str(label)): code for code, label in choices.choices}
    known |= {fold(code): code for code in choices.values}
    codes = ", ".join(choices.values)

    def read(text: str) -> str:
        if text and fold(text) not in known:
            raise CellError(_("“%(value)s” is not one of: %(codes)s.") % {"value": text[:60], "codes": codes})
        return str(known[fold(text)]) if text else ""

    return read


def _terms(known: dict[str, Any], are_counties: bool) -> Callable[[str], list[int]]:
    refusal = UNKNOWN_COUNTY if are_counties else UNKNOWN_TERM

    def read(text: str) -> list[int]:
        whole = known.get(fold(text))
        if whole is not None:
            return [whole.pk]
        found = set()
        for part in text.replace(";", ",").split(","):
            if not part.strip():
                continue
            term = known.get(fold(part))
            if term is None:
                raise CellError(str(refusal) % {"code": part.strip()[:60]})
            found.add(term.pk)
        return sorted(found)

    return read


def _one(known: dict[str, int], key: Callable[[str], str], refusal: Any) -> Callable[[str], int | None]:
    def read(text: str) -> int | None:
        if not text:
            return None
        found = known.get(key(text))
        if found is None:
            raise CellError(str(refusal) % {"code": text[:60]})
        return found

    return read


def _cui(text: str) -> str:
    try:
        return normalised_cui(text)
    except ValidationError as error:
        raise CellError(" ".join(error.messages)) from None


def _day(text: str) -> str | None:
    if not text:
        return None
    for form in _DAYS:
        try:
            return datetime.strptime(text, form).date().isoformat()  # noqa: DTZ007  (a day has no zone)
        except ValueError:
            continue
    raise CellError(
        _("“%(value)s” is not a date: write it as 2021-04-28 or 28.04.2021.") % {"value": text[:60]}
    )
