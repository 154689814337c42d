"""What every test shares: strict templates, quick passwords, an empty cache, and what the machine has to have."""

import gc
import os
import warnings
from functools import cache as remembered

import pytest
import xdist
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.template import Template, engines
from django.test import TransactionTestCase
from django.test.utils import _TestState
from django.utils import translation

from core.documents import cache as documents
from core.documents.rendering import PreparedDocument, draw_document
from scripts import system
from tests.emptied import take_back
from tests.left_open import end_other_connections
from tests.messaging.delivering import DeliveredMail
from tests.migrated import begin, end, migrated
from tests.remembered import note_migrated
from tests.strict_templates import RefuseUnknown


@remembered
def _lacking(mark: str) -> str:
    """The line that says what to install for tests of this mark; empty when all is there."""
    if mark == "documents":
        return system.documents_line() if system.missing_for_documents() else ""
    return "" if system.chromium() else system.chromium_line()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leaves out what this machine cannot do; on CI that fails instead."""
    for mark in ("documents", "e2e"):
        if item.get_closest_marker(mark) and (line := _lacking(mark)):
            (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(line)


def pytest_sessionstart(session: pytest.Session) -> None:
    if xdist.is_xdist_controller(session) and not session.config.option.collectonly:
        begin()


def pytest_sessionfinish(session: pytest.Session) -> None:
    if xdist.is_xdist_controller(session):
        end()


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the collector need not look at it again and again, which takes a twentieth."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(autouse=True, scope="session")
def _quick_and_strict():
    """Unknown template variables fail; passwords are hashed fast, since no test is about their strength."""
    engines["django"].engine.string_if_invalid = RefuseUnknown()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_blocker):
    """The test database as pytest-django makes it: a copy of the migrated one where there is one."""
    gc.disable()
    connection.settings_dict["TEST"]["TEMPLATE"] = migrated() or None
    request.getfixturevalue("django_db_setup")
    gc.enable()
    with django_db_blocker.unblock():
        note_migrated()
    yield
    with django_db_blocker.unblock():
        left = end_other_connections()
    if left:
        warnings.warn(f"Connections that a test left open, by their last question: {left}", stacklevel=1)


@pytest.fixture(autouse=True, scope="session")
def _committed_rows_taken_back():
    """For ``transaction=True``: the end of Django's own flush, by what migrations left."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: take_back())
        yield


@pytest.fixture(autouse=True)
def _empty_cache():
    """No test sees what another one cached, nor speaks the language of its last page."""
    yield
    cache.clear()
    translation.deactivate()


@pytest.fixture
def templates_untold(monkeypatch):
    """For walks over every page: ``response.context`` and ``.templates`` stay empty; their copies take a fifth."""
    monkeypatch.setattr(Template, "_render", _TestState.saved_data.template_render)


_drawn: dict[str, bytes] = {}


@pytest.fixture
def documents_drawn_once(monkeypatch):
    """Draws each content once for all tests that walk over every page: a calendar takes a second."""

    def draw(document: PreparedDocument) -> bytes:
        if document.fingerprint not in _drawn:
            _drawn[document.fingerprint] = draw_document(document)
        return _drawn[document.fingerprint]

    monkeypatch.setattr(documents, "draw_document", draw)


@pytest.fixture
def mailoutbox(_dj_autoclear_mailbox):
    """The mails that left: whoever looks lets the outbox deliver first, as the worker would by now."""
    return DeliveredMail()
