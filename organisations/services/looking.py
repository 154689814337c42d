"""Who looks at a request now: a courtesy among colleagues that holds nobody back and is kept nowhere."""

from datetime import datetime, timedelta

from django.core.cache import cache

from core.accounts.models import User
from organisations.models import Submission

LOOKS_FOR = timedelta(minutes=10)


def note_look(*, submission: Submission, person: User, now: datetime) -> list[str]:
    """Remembers for ten minutes that ``person`` opened the request; names the others who did so within that time."""
    key = f"organisations:looking:{submission.pk}"
    seen: dict[int, tuple[str, datetime]] = cache.get(key) or {}
    fresh = {pk: look for pk, look in seen.items() if now - look[1] < LOOKS_FOR}
    others = [name for pk, (name, _at) in fresh.items() if pk != person.pk]
    cache.set(key, {**fresh, person.pk: (str(person), now)}, timeout=int(LOOKS_FOR.total_seconds()))
    return others
