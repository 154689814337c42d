"""The trial of reminders; needs Django set up on an empty database. See ``scripts.bench.reminders``."""

import time
from collections import Counter
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import redis
from django.db import connection
from django.utils import timezone

from core.accounts.choices import Language
from core.messaging.envelope import envelope
from core.messaging.models import Attempt, Message
from core.messaging.wire import wire_of
from meetings.choices import (
    MeetingKind,
    MeetingStatus,
    ParticipantLevel,
    ParticipantType,
    RegistrationStatus,
    Sector,
)
from meetings.models import BUCHAREST, Meeting, Registration, Reminder
from meetings.services.reminders import write_due_reminders
from scripts.bench.made_up import copy_rows
from scripts.bench.mail_server import Remote, bare_rate, mail_server, rate_of
from scripts.bench.mail_trial import Worker
from scripts.services import Services, restart_valkey

PATIENCE = 600
BROKER = "broker, taken"


@dataclass(frozen=True)
class Speed:
    """Reminders a second: written, sent by the portal, sent by plain smtplib."""

    written: float
    sent: float
    bare: float


@dataclass(frozen=True)
class Outcome:
    """What the trial found; ``faults`` is empty when everything held."""

    seconds: float
    kills: int
    repeated: int
    faults: list[str]


class Trial:
    """One mail server and one ``celery worker`` for both parts."""

    def __init__(
        self,
        services: Services,
        folder: Path,
        files: Path,
        environment: Mapping[str, str],
        port: int,
        workers: int,
    ) -> None:
        self._services, self._folder, self._port, self._workers = services, folder, port, workers
        options = [
            "-B",
            "--schedule",
            str(files / "beat"),
            "--concurrency",
            str(workers),
            "--loglevel",
            "WARNING",
        ]
        self._worker = Worker(environment, options, files / "worker.log")
        self._server: Remote
        self._open = ExitStack()

    def __enter__(self) -> "Trial":
        self._server = self._open.enter_context(mail_server(self._port))
        self._open.callback(self._worker.stop)
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def undisturbed(self, count: int) -> Speed:
        """All are written before the workers begin, so that each speed is of one thing."""
        meeting = due_meeting(count)
        self._server.plan([])
        started = time.monotonic()
        write_due_reminders(now=timezone.now())
        written = count / (time.monotonic() - started)
        self._worker.start()
        self._wait_until_sent(meeting, count)
        self._worker.stop()
        sent = rate_of([moment for _number, moment in self._server.taken()])
        messages = Message.objects.prefetch_related("attachments").iterator(2000)
        mails = [(each.to, wire_of(envelope(each))) for each in messages]
        return Speed(written, sent, bare_rate(self._server, mails, self._workers))

    def disturbed(self, count: int, kills: int) -> Outcome:
        """Written and sent by the workers alone, whatever kills them."""
        Reminder.objects.all().delete()
        Attempt.objects.all().delete()
        Message.objects.all().delete()
        Meeting.objects.update(status=MeetingStatus.CANCELLED)
        moments = [
            (count * (turn + 1) // (kills + 2), ("taken", "before")[turn % 2]) for turn in range(kills)
        ]
        moments.insert(kills // 2 + kills % 2, (count * (kills + 1) // (kills + 3), BROKER))
        self._server.plan(sorted(moments))
        meeting = due_meeting(count)
        started = time.monotonic()
        self._worker.start()
        done = self._wait_until_sent(meeting, count)
        seconds = time.monotonic() - started
        self._worker.stop()
        taken = [number for number, _moment in self._server.taken()]
        faults = faults_in(meeting, count, taken, self._workers * kills)
        if done != Counter(moment for _number, moment in moments):
            faults.append(f"Planned {moments}, came {dict(done)}.")
        return Outcome(seconds, done["taken"] + done["before"], len(taken) - len(set(taken)), faults)

    def _wait_until_sent(self, meeting: Meeting, count: int) -> Counter[str]:
        """Does what was planned, keeps a worker running; returns what happened how often."""
        done: Counter[str] = Counter()
        started = time.monotonic()
        while time.monotonic() - started < PATIENCE:
            if moment := self._server.next_event(patience=2.0 if self._worker.is_alive else 0.1):
                done[moment] += 1
                self._break() if moment == BROKER else self._worker.kill()
                self._server.go_on()
            elif not self._worker.is_alive:
                self._worker.start()
            elif Reminder.objects.filter(registration__meeting=meeting).count() >= count and not (
                Message.objects.exclude(status="sent").exists()
            ):
                break
        return done

    def _break(self) -> None:
        """The broker loses all that it had, goes away and comes back."""
        redis.Redis.from_url(self._services.environment["REDIS_URL"]).flushall()
        restart_valkey(self._services, self._folder)


def due_meeting(count: int) -> Meeting:
    """A gathering that begins in an hour, for which so many people have a place: all are to be reminded now."""
    now = timezone.now()
    starts_at = now + timedelta(minutes=59, seconds=55)
    meeting = Meeting.objects.create(
        kind=MeetingKind.TRAINING,
        title="Videoconferința regională nr. 3, 2027",
        status=MeetingStatus.SCHEDULED,
        starts_at=starts_at,
        on_date=starts_at.astimezone(BUCHAREST).date(),
    )
    person = Registration.objects.create(
        meeting=meeting,
        name="Participant",
        email="participant0@example.org",
        participant_type=ParticipantType.NGO,
        sector=Sector.NGO,
        level=ParticipantLevel.LOCAL,
        language=Language.ROMANIAN,
        status=RegistrationStatus.CONFIRMED,
        confirmed_at=now - timedelta(days=1),
        address_confirmed_at=now - timedelta(days=1),
    )
    copy_rows(person, count - 1, key="gen_random_uuid()", email="'participant' || n || '@example.org'")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE meetings_registration")
    return meeting


def faults_in(meeting: Meeting, count: int, taken: list[str], most_repeated: int) -> list[str]:
    """Every promise that was not kept, one sentence each."""
    faults = []
    written = Reminder.objects.filter(registration__meeting=meeting)
    people = written.values("registration").distinct().count()
    if written.count() != count or people != count or Message.objects.count() != count:
        faults.append(f"{written.count()} reminders and {Message.objects.count()} mails for {people} people.")
    copies = Counter(taken)
    killed: Counter[Any] = Counter(Attempt.objects.filter(outcome="killed").values_list("message", flat=True))
    succeeded: Counter[Any] = Counter(
        Attempt.objects.filter(outcome="sent").values_list("message", flat=True)
    )
    for pk, number, status in Message.objects.values_list("pk", "message_id", "status"):
        times = copies.pop(number, 0)
        if status != "sent" or not times or succeeded[pk] != 1:
            faults.append(f"{number} is {status}, taken {times} times, {succeeded[pk]} attempts succeeded.")
        if times > 1 + killed[pk]:
            faults.append(f"{number} was taken {times} times; {killed[pk]} of its workers were killed.")
    if copies:
        faults.append(f"{len(copies)} mails have a Message-ID that no message has.")
    if (repeated := len(taken) - len(set(taken))) > most_repeated or sum(killed.values()) > most_repeated:
        faults.append(f"{repeated} repeated, {sum(killed.values())} in doubt, {most_repeated} at most.")
    return faults
