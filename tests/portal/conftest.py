"""Places and edition II for the tests of the whole portal."""

import csv
from collections.abc import Callable

import pytest

from core.territory import snapshot
from core.territory.sources import DATA
from programmes.models import Edition
from promotori.loading.edition import load_edition
from tests.factories.territory import CountyFactory
from tests.remembered import remembered_rows


def make_counties() -> None:
    with (DATA / "counties.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            CountyFactory(code=row["code"])


@pytest.fixture
def counties(db: None) -> None:
    """The 42 counties in their 8 regions."""
    remembered_rows("counties", make_counties)
    snapshot.forget()


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
