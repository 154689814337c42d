"""A real mail server, a real broker, a real worker killed by SIGKILL: nothing is lost, nothing else is repeated.

The whole trial, with 1,000 messages and three kills, is ``python -m scripts.bench.outbox`` (docs/benchmarks.md).
"""

import os

import pytest
from celery import current_app
from django.db import connection
from psycopg.conninfo import make_conninfo

from scripts.bench.mail_trial import MailServer, Worker, run_trial
from scripts.bench.portal import free_port


@pytest.mark.django_db(transaction=True)
def test_killed_worker_loses_nothing_and_repeats_one_mail_under_its_own_number(tmp_path):
    port = free_port()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "scripts.bench.outbox_settings",
        "DATABASE_URL": make_conninfo(os.environ["DATABASE_URL"], dbname=connection.settings_dict["NAME"]),
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
    }
    current_app.control.purge()
    worker = Worker(environment, ["--pool", "solo", "--loglevel", "WARNING"], tmp_path / "log")

    outcome = run_trial(
        count=50, server=MailServer(worker, [(25, "taken")]), port=port, patience=120, wake_each=0.3
    )

    assert outcome.faults == [], (tmp_path / "log").read_text()[-3000:]
    assert outcome.kills == 1
    assert outcome.repeated == 1
