"""Pytest plugin: gives the tests a private PostgreSQL and Valkey, and the test settings.

Loaded by ``-p`` in pyproject.toml, because pytest-django reads the settings before any conftest.py is read.
DATABASE_URL and REDIS_URL, when set, win. The servers belong to the xdist controller; workers inherit their
addresses and take a cache database each.
"""

import atexit
import os
import re
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from scripts.places import var_folder
from scripts.services import ServiceError, Services, start

# Kept clusters under var/test: the first that no other run uses is taken, so that runs may overlap.
SLOTS = 8


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None, None, None]:
    """Set the environment before pytest-django, whose own hook is not a wrapper, reads the settings."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        _take_own_cache(os.environ["PYTEST_XDIST_WORKER"])
    else:
        os.environ.update(_test_environment())
        _start_missing()
    return (yield)


def _test_environment() -> dict[str, str]:
    files = tempfile.TemporaryDirectory(prefix="promotori-tests-")
    atexit.register(files.cleanup)
    # WhiteNoise says at each start that its folder is missing.
    (Path(files.name) / "static").mkdir()
    return {
        "PORTAL_MODE": "test",
        "SECRET_KEY": "demo-only-tests-0123456789-0123456789-0123456789-0123456789",
        "SITE_URL": "http://localhost:8000",
        "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
        "CONTACT_EMAIL": "echipa@example.org",
        "EMAIL_URL": "smtp://localhost:1025",
        "DEFAULT_FROM_EMAIL": "Promotorii Voluntariatului <portal@example.org>",
        "MEDIA_ROOT": f"{files.name}/media",
        "STATIC_ROOT": f"{files.name}/static",
        "DATABASE_POOL_SIZE": "0",
        "BEHIND_TLS_PROXY": "false",
        "PAGE_CACHE_SECONDS": "0",
        "RELEASE": "test",
        "LOG_LEVEL": "WARNING",
        # Playwright's synchronous interface runs an event loop in the thread that uses the ORM.
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
    }


def _start_missing() -> None:
    postgres = not os.environ.get("DATABASE_URL")
    valkey = not os.environ.get("REDIS_URL")
    if not (postgres or valkey):
        return
    try:
        services = _free_instance(postgres=postgres, valkey=valkey)
    except ServiceError as error:
        raise pytest.UsageError(str(error)) from None
    atexit.register(services.stop)
    os.environ.update(services.environment)


def _free_instance(*, postgres: bool, valkey: bool) -> Services:
    folder = var_folder() / "test"
    for slot in range(SLOTS):
        try:
            return start(folder / str(slot), durable=False, postgres=postgres, valkey=valkey)
        except (ServiceError, OSError) as error:
            # In use, or left by another user (root, say); a fault of the servers shows again below.
            if isinstance(error, ServiceError) and "already running" not in str(error):
                break
    spare = Path(tempfile.mkdtemp(prefix="promotori-"))
    spare.chmod(0o711)
    return start(spare, durable=False, postgres=postgres, valkey=valkey)


def _take_own_cache(worker: str) -> None:
    """Workers clear their caches between tests, so no two may share a database of Valkey."""
    number = int(re.sub(r"\D", "", worker) or 0) + 1
    os.environ["RELEASE"] = f"test-{worker}"
    os.environ["REDIS_URL"] = _moved(os.environ["REDIS_URL"], 2 * number)
    if os.environ.get("BROKER_URL"):
        os.environ["BROKER_URL"] = _moved(os.environ["BROKER_URL"], 2 * number)


def _moved(url: str, by: int) -> str:
    """The same server, some databases further on: both `?db=0` and `/0` name one."""
    return re.sub(r"(?<=[=/])\d+$", lambda number: str(int(number[0]) + by), url)
