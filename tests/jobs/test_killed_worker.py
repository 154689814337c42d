"""A real worker killed by SIGKILL in the middle of an import: the job ends once, and each line enters once."""

import os
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from celery import current_app
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from psycopg.conninfo import make_conninfo

from core.accounts.choices import Role
from core.jobs import services, workflow
from core.jobs.models import Job
from core.jobs.tasks import find_lost_jobs
from core.models import StateChange
from organisations.models import ImportLine, Organisation
from organisations.services.applying import BATCH
from organisations.services.importing import bring_in, confirm
from scripts.bench.mail_trial import Worker
from tests.factories.accounts import UserFactory

LINES = BATCH + 60


def wait_for(condition: Callable[[], bool], worker: Worker, seconds: float = 30) -> bool:
    """Whether it came true while the worker lived."""
    limit = time.monotonic() + seconds
    while not (came := condition()) and worker.is_alive and time.monotonic() < limit:
        time.sleep(0.05)
    return came


def is_waited_for() -> bool:
    """Whether another transaction waits for this one to end."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE transactionid = pg_current_xact_id()::xid AND NOT granted)"
        )
        return bool(cursor.fetchone()[0])


def applied() -> int:
    return ImportLine.objects.exclude(outcome="").count()


@pytest.mark.django_db(transaction=True)
def test_import_cut_off_by_sigkill_ends_once_with_each_line_once(tmp_path, monkeypatch, settings):
    settings.MEDIA_ROOT = tmp_path
    current_app.control.purge()
    owner = UserFactory(roles=[Role.EDITOR])
    text = "Denumirea legală\n" + "".join(f"Asociația Încercată {number}\n" for number in range(LINES))
    found = bring_in(file=SimpleUploadedFile("date.csv", text.encode()), owner=owner)
    services.run(pk=str(found.reading_id))
    job = confirm(registry_import=found, actor=owner)
    environment = {
        **os.environ,
        "DATABASE_URL": make_conninfo(os.environ["DATABASE_URL"], dbname=connection.settings_dict["NAME"]),
    }
    options = ["--pool", "solo", "--loglevel", "WARNING"]
    worker = Worker(environment, options, tmp_path / "log", queue="long")
    try:
        with transaction.atomic():
            # An organisation of the second batch wants an address that another transaction is about to take.
            Organisation.objects.bulk_create(
                [Organisation(slug=f"asociatia-incercata-{BATCH + 50}", legal_name="Alta")]
            )
            worker.start()
            assert wait_for(is_waited_for, worker), (tmp_path / "log").read_text()[-3000:]
            worker.kill()
            transaction.set_rollback(True)
        before = applied()
        job.refresh_from_db()
        assert (before, job.status, job.attempts) == (BATCH, "running", 1)
        assert find_lost_jobs() == 0

        for module in (services, workflow):
            monkeypatch.setattr(module, "SILENCE", timedelta(seconds=0.2))
        time.sleep(0.2)
        assert find_lost_jobs() == 1
        worker.start()
        ended = wait_for(lambda: not Job.objects.under_way().exists(), worker)
        assert ended, (tmp_path / "log").read_text()[-3000:]
    finally:
        worker.stop()
        current_app.control.purge()
    # The broker's own copy of the task, of which the killed worker told nothing, comes again after an hour.
    services.run(pk=str(job.pk))

    job.refresh_from_db()
    assert (job.status, job.attempts, job.done, job.result["facts"]) == (
        "done",
        2,
        LINES,
        [["Intrate", str(LINES)]],
    )
    steps = StateChange.objects.filter(object_id=str(job.pk)).order_by("at", "pk")
    assert list(steps.values_list("transition", flat=True)) == ["start", "resume", "start", "finish"]
    assert not ImportLine.objects.filter(outcome="").exists()
    names = Organisation.objects.values_list("legal_name", flat=True)
    assert (len(names), len(set(names))) == (LINES, LINES)
    assert Organisation.history.count() == LINES
