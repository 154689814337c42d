"""Places and edition II for the tests of the whole portal."""

from collections.abc import Callable

import pytest

from core.territory import snapshot
from programmes.models import Edition
from promotori.loading.edition import load_edition
from tests.factories.territory import load_counties, make_counties
from tests.remembered import remembered_rows


@pytest.fixture
def counties(db: None) -> None:
    """The 42 counties in their 8 regions."""
    load_counties()


@pytest.fixture
def load_2021(counties: None) -> Callable[[], Edition]:
    def load() -> Edition:
        load_edition(year=2021, write=True)
        return Edition.objects.get(year=2021)

    return load


@pytest.fixture
def edition_2021(db: None) -> Edition:
    """The counties and edition II, loaded from the project's data file; the loading is tried by ``load_2021``."""

    def load() -> None:
        make_counties()
        load_edition(year=2021, write=True)

    remembered_rows("edition 2021", load)
    snapshot.forget()
    return Edition.objects.get(year=2021)
