"""Loading of places."""

from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from core.territory import snapshot
from core.territory.changes import Changes, changes_of
from core.territory.models import Country, County, PlaceAlias, Region, TerritoryLoad, Uat, UatTypePeriod
from core.territory.sources import Source

# Any number that no other lock of the portal uses.
_LOCK = 7_483_102
# In one half-year a handful of units merge or part; more missing ones are a file that was cut.
MAX_CLOSED = 50


class LoadRefused(Exception):  # noqa: N818
    """The load was not done and nothing changed; the message says why and what to do."""


def load_territory(*, source: Source, max_closed: int = MAX_CLOSED) -> Changes:
    """Makes the stored places those of the source; gives what was changed, which is nothing the second time.

    One transaction; no two loads at once. Deletes nothing: units that the source lacks are closed on its date,
    those that come back are opened again, and a change of type ends one period and begins the next. Raises
    ``LoadRefused`` when another load runs, the file is older than the one loaded last, or more than
    ``max_closed`` units would be closed; an older list of the project itself only leaves the units alone.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
            if not cursor.fetchone()[0]:
                raise LoadRefused("Another load of the territory is running; try again when it has ended.")
        changes = changes_of(source)
        refuse_doubtful(changes, max_closed=max_closed)
        if changes:
            _save(changes)
            transaction.on_commit(snapshot.renew)
    return changes


def refuse_doubtful(changes: Changes, *, max_closed: int = MAX_CLOSED) -> None:
    """Raises ``LoadRefused`` for an old file, and for more closed units than reforms ever closed in half a year."""
    if changes.units_are_older and not changes.source.is_bundled:
        raise LoadRefused(
            "A newer source was loaded before. Give the day on which this file is valid by --as-of."
        )
    closed = len(changes.lines.get("closed units", ()))
    if closed > max_closed:
        raise LoadRefused(
            f"{closed} units are missing in the file, more than {max_closed}: it was probably cut. "
            f"If they really were abolished, say --max-closed {closed}."
        )


def _save(changes: Changes) -> None:
    # Places before what points to them; periods end before others begin, seats empty before others take them.
    for model in (Country, Region, County):
        model._default_manager.bulk_create(changes.created.get(model, []))
    for model in (Region, County, UatTypePeriod):
        _update(model, list(changes.updated.get(model, {}).values()), changes.fields[model])
    units = sorted(changes.updated.get(Uat, {}).values(), key=lambda uat: uat.is_county_seat)
    for are_seats in (False, True):
        _update(Uat, [uat for uat in units if uat.is_county_seat is are_seats], changes.fields[Uat])
    created = changes.created.get(Uat, [])
    Uat.objects.bulk_create([uat for uat in created if uat.parent is None])
    Uat.objects.bulk_create([uat for uat in created if uat.parent is not None])
    for model in (UatTypePeriod, PlaceAlias, TerritoryLoad):
        model._default_manager.bulk_create(changes.created.get(model, []))


def _update(model: type[Model], rows: list[Any], fields: set[str]) -> None:
    if rows:
        model._default_manager.bulk_update(rows, sorted(fields), batch_size=500)
