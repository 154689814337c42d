"""What every test shares: strict templates, quick passwords, an empty cache."""

import pytest
from django.conf import settings
from django.core.cache import cache
from django.template import engines

from tests.strict_templates import RefuseUnknown


@pytest.fixture(autouse=True, scope="session")
def _quick_and_strict():
    """Unknown template variables fail; passwords are hashed fast, since no test is about their strength."""
    engines["django"].engine.string_if_invalid = RefuseUnknown()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _empty_cache():
    """No test sees what another one cached."""
    yield
    cache.clear()
