"""The portal's settings with a lease and waits short enough to watch; for the trial of the outbox alone."""

from promotori.settings import *  # noqa: F403

MESSAGE_LEASE_SECONDS = 2
MESSAGE_RETRY_SECONDS = 1
CELERY_BEAT_SCHEDULE = {
    "deliver-mails": {"task": "messaging.deliver", "schedule": 1.0, "options": {"expires": 1}}
}
