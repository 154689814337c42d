"""Sessions of a person, wherever they are signed in."""

from allauth.usersessions.models import UserSession
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


def forget_ended_sessions() -> int:
    """Erases sessions whose time is over, and what was kept of their place and browser; returns how many of those."""
    SessionStore.clear_expired()
    living = Session.objects.values("session_key")
    return int(UserSession.objects.exclude(session_key__in=living).delete()[0])
