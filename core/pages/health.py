"""Is the process up, and can it serve?"""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

# Name of what must hold, and how to ask; the portal adds its own when it starts.
Check = Callable[[], bool]
_migrated = False


@login_not_required
@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the process answers; touches neither database nor cache."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when database, migrations and cache are fit to serve, else 503 with the name of what is not."""
    for name, holds in CHECKS.items():
        if not holds():
            return HttpResponse(f"{name}\n", status=503, content_type="text/plain")
    return HttpResponse("ready\n", content_type="text/plain")


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _migrations_applied() -> bool:
    """Asked until they are, then remembered: a running release does not lose migrations."""
    global _migrated
    if not _migrated:
        executor = MigrationExecutor(connection)
        targets = executor.loader.graph.leaf_nodes()
        _migrated = connection.alias == DEFAULT_DB_ALIAS and not executor.migration_plan(targets)
    return _migrated


def _cache_keeps() -> bool:
    try:
        cache.set("readyz", "ready", timeout=30)
        return bool(cache.get("readyz") == "ready")
    except RedisError:
        return False


CHECKS: dict[str, Check] = {
    "database": _database_answers,
    "migrations": _migrations_applied,
    "cache": _cache_keeps,
}
