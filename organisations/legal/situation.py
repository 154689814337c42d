"""The situation of a host, as ticked in the address of the guide; nothing of it is stored."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _


class HostKind(TextChoices):
    NON_PROFIT = "ong", _("Association, foundation or federation")
    PUBLIC = "institutie", _("Public institution or local authority")
    SOCIAL = "intreprindere-sociala", _("Social enterprise or social insertion enterprise")


class Coordinator(TextChoices):
    EMPLOYEE = "angajat", _("An employee")
    VOLUNTEER = "voluntar", _("A volunteer")


_COORDINATES = {
    Coordinator.EMPLOYEE.value: _("the coordinator is an employee"),
    Coordinator.VOLUNTEER.value: _("the coordinator is a volunteer"),
}
YES = "da"


@dataclass(frozen=True)
class Situation:
    """What a host told of itself; what it did not tell is open, and the list shows it with its condition."""

    host: str = ""
    coordinator: str = ""
    minors: bool = False
    foreigners: bool = False
    vulnerable: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.pairs()

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters of the address that says the same, in one order."""
        told = [
            ("gazda", self.host),
            ("coordonator", self.coordinator),
            ("minori", YES if self.minors else ""),
            ("straini", YES if self.foreigners else ""),
            ("vulnerabili", YES if self.vulnerable else ""),
        ]
        return [(name, value) for name, value in told if value]

    def words(self) -> list[str]:
        """What was ticked, for the reader."""
        told = []
        if self.host:
            told.append(str(HostKind(self.host).label))
        if self.coordinator:
            told.append(str(_COORDINATES[self.coordinator]))
        if self.minors:
            told.append(str(_("minors among the volunteers")))
        if self.foreigners:
            told.append(str(_("foreign citizens among the volunteers")))
        if self.vulnerable:
            told.append(str(_("direct contact with children or vulnerable people")))
        return told


def read_situation(query: QueryDict) -> Situation:
    """The situation in an address; a value that is none of ours counts as not told, never as an error."""
    host, coordinator = query.get("gazda", ""), query.get("coordonator", "")
    return Situation(
        host=host if host in HostKind.values else "",
        coordinator=coordinator if coordinator in Coordinator.values else "",
        minors=query.get("minori") == YES,
        foreigners=query.get("straini") == YES,
        vulnerable=query.get("vulnerabili") == YES,
    )


def canonical_pairs(query: QueryDict) -> list[tuple[str, str]] | None:
    """The parameters for the page cache; None for an address that says something else besides."""
    pairs = read_situation(query).pairs()
    given = {(name, value) for name in query for value in query.getlist(name) if value}
    return pairs if given == set(pairs) else None
