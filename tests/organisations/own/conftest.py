"""The world of the own area."""

import pytest

from tests.organisations.own.world import OwnWorld, make_world


@pytest.fixture
def own(db: None, settings: object, tmp_path: object) -> OwnWorld:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    return make_world()
