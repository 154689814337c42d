"""Which columns a file of organisations may have, by the names that people give them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from core.sheets import SheetError
from core.text import fold
from organisations.spreadsheets import OrganisationExport

# Other headers for a column, beside the one of our own exports; compared folded.
_OTHER_NAMES: Final[dict[str, str]] = {
    "slug": "adresa; slug; address",
    "legal_name": "denumire legala; denumire; denumirea; nume; denumirea organizatiei; organizatia; legal name; name",
    "public_name": "denumire publica; nume public; public name",
    "acronym": "abreviere; sigla; acronimul; acronym",
    "kind": "tipul; kind; type",
    "parent": "parte din; organizatia mama; parent; part of",
    "legal_form": "forma juridica; forma; legal form",
    "cui": "cif; cod fiscal; cod de identificare fiscala; cui cif; fiscal code; tax id",
    "national_register_number": "registrul national; nr registrul national; numar registrul national; "
    "national register number",
    "court_register_number": "registrul instantei; nr registru; court register number",
    "court_register_date": "data registru; court register date",
    "court": "instanta; judecatoria; court",
    "seat": "siruta; cod siruta; siruta code",
    "county": "cod judet; county code",
    "seat_name": "localitate; localitatea; oras; sediu; seat; locality; city",
    "county_name": "judet; judetul; county",
    "level": "nivel; nivelul de activitate; level",
    "activity_counties": "judete de activitate; counties of activity",
    "domains": "domenii; domeniu; domeniul; domenii de activitate; domains; domain",
    "beneficiaries": "beneficiari; beneficiaries",
    "goals": "odd; obiective de dezvoltare durabila; sdg; goals",
    "summary": "descriere; descrierea; despre; summary; description",
    "source": "sursa; source",
}
# Of our own exports, and never taken from a file.
_NOT_TAKEN: Final = ("register_status", "listed_on")


@dataclass(frozen=True)
class Columns:
    """Where each known column stands; ``headers`` are the file's own words."""

    places: dict[str, int]
    headers: list[str]
    unknown: list[str]

    def header(self, field: str) -> str:
        """The file's own name of a column; ours where the file has none."""
        place = self.places.get(field, self.places.get(f"{field}_name"))
        return self.headers[place] if place is not None else _column_name(field)

    @property
    def pairs(self) -> list[list[str]]:
        """The file's header beside what it is taken for."""
        return [[self.headers[place], _column_name(field)] for field, place in self.places.items()]


def find_columns(header: Sequence[str]) -> Columns:
    """Knows the columns of a header; raises :class:`SheetError` when two are the same or none says which record."""
    headers = [text.strip()[:200] for text in header]
    places: dict[str, int] = {}
    unknown = []
    for place, text in enumerate(headers):
        field = _known().get(fold(text))
        if field is None:
            if text:
                unknown.append(text)
        elif field in places:
            raise SheetError(
                _("The columns “%(one)s” and “%(other)s” say the same: leave one.")
                % {"one": headers[places[field]], "other": text}
            )
        elif field not in _NOT_TAKEN:
            places[field] = place
    if not {"legal_name", "cui", "slug"} & set(places):
        raise SheetError(
            _(
                "The first line names no column that tells which organisation it is: “%(name)s”, “CUI” or "
                "“%(slug)s”. Put the names of the columns in the first line."
            )
            % {"name": _column_name("legal_name"), "slug": _column_name("slug")}
        )
    return Columns(places, headers, unknown)


def _known() -> dict[str, str]:
    known = {}
    for field, names in _OTHER_NAMES.items():
        known.update({name.strip(): field for name in names.split(";")})
    for field, described in OrganisationExport.fields.items():
        known[fold(described.column_name)] = field
        known[fold(field)] = field
    return known


def _column_name(field: str) -> str:
    return str(OrganisationExport.fields[field].column_name)
