"""Sessions of a person, wherever they are signed in."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.cached_db import SessionStore
from django.contrib.sessions.models import Session

from core.accounts.models import User


def end_all_sessions(user: User) -> int:
    """Ends every session of the person, in the database and in the cache; returns how many.

    All sessions are read, since a session names its person inside alone: fit for rare occasions.
    """
    ended = 0
    for session in Session.objects.iterator(chunk_size=500):
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            SessionStore(session.session_key).delete()
            ended += 1
    return ended
