"""The portal's settings with a lease, waits and a clock short enough to watch; for the trial of reminders alone."""

from scripts.bench.outbox_settings import *  # noqa: F403

MESSAGE_LEASE_SECONDS = 5
CELERY_BEAT_SCHEDULE = {
    "deliver-mails": {"task": "messaging.deliver", "schedule": 1.0, "options": {"expires": 1}},
    "write-reminders": {"task": "meetings.write_reminders", "schedule": 5.0, "options": {"expires": 5}},
}
