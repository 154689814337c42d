"""Loading of places."""

from collections.abc import Callable

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
    for model in (Region, County):
        _update(changes, model, lambda row: True)
    for is_open in (False, True):
        _update(changes, UatTypePeriod, lambda period, is_open=is_open: (period.valid_to is None) is is_open)
    for is_seat in (False, True):
        _update(changes, Uat, lambda uat, is_seat=is_seat: uat.is_county_seat is is_seat)
    created = changes.created.get(Uat, [])
    Uat.objects.bulk_create([uat for uat in created if uat.parent is None])
    Uat.objects.bulk_create([uat for uat in created if uat.parent is not None])
    for dependent in (UatTypePeriod, PlaceAlias, TerritoryLoad):
        dependent._default_manager.bulk_create(changes.created.get(dependent, []))


def _update(changes: Changes, model: type[Model], chosen: Callable[..., bool]) -> None:
    rows = [row for row in changes.updated.get(model, {}).values() if chosen(row)]
    if rows:
        model._default_manager.bulk_update(rows, sorted(changes.fields[model]), batch_size=500)
