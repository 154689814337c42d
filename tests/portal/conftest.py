"""Places and edition II for the tests of the whole portal."""

import csv
from collections.abc import Callable

import pytest

from core.territory.sources import DATA
from programmes.models import Edition
from promotori.loading.edition import load_edition
from tests.factories.territory import CountyFactory
from tests.uncounted import uncounted


@pytest.fixture
def counties(db: None) -> None:
    """The 42 counties in their 8 regions."""
    with (DATA / "counties.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            CountyFactory(code=row["code"])


@pytest.fixture
def load_2021(counties: None) -> Callable[[], Edition]:
    def load() -> Edition:
        load_edition(year=2021, write=True)
        return Edition.objects.get(year=2021)

    return load


@pytest.fixture
def edition_2021(load_2021: Callable[[], Edition]) -> Edition:
    """Edition II, loaded from the project's data file; the loading itself is tried by ``load_2021``."""
    with uncounted():
        return load_2021()
