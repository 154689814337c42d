"""Rows of a shared set-up: kept and written only where migrations alone have been, and whole."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unittest import mock

import pytest
from django.db import connection, transaction

from core.models import StateChange
from core.workflow import remember
from organisations.models import Domain, Organisation, Submission
from programmes.models import Edition
from tests import remembered
from tests.admin.world import a_request, an_edition, an_organisation
from tests.factories.accounts import UserFactory
from tests.remembered import remembered_rows

pytestmark = pytest.mark.django_db
TEXT = 'ș\t\\N\n\\. {"a"}'


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    with mock.patch.dict(remembered._kept, clear=True):
        yield


@pytest.fixture
def made() -> mock.Mock:
    """A set-up with history, columns made by the database, JSON, a link of many to many and a step of a workflow."""

    def make() -> None:
        organisation = an_organisation(1, legal_name=TEXT)
        organisation.domains.add(Domain.objects.create(code="proba", name="Probă", name_en="Trial"))
        a_request(organisation, answers={"claim": {"why": [TEXT, None, 1]}})
        remember(an_edition(), name="running", source="draft", target="running", actor=None, reason=TEXT)

    return mock.Mock(side_effect=make)


@contextmanager
def a_test() -> Iterator[None]:
    """What happens inside is gone afterwards, as after a test."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def content() -> dict[str, bytes]:
    return remembered.contents(remembered.columns_of_tables())


def test_every_table_is_looked_at_but_what_is_named() -> None:
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))

    assert tables - set(remembered.columns_of_tables()) == set(remembered.OF_NO_SETUP)
    assert "folded" not in remembered.columns_of_tables()["organisations_organisationname"]


def test_rows_are_written_again_whole(made: Callable[[], None]) -> None:
    with a_test():
        remembered_rows("proba", made)
        first = content()
    with a_test():
        remembered_rows("proba", made)

        assert content() == first
        assert made.call_count == 1
        organisation = Organisation.objects.get()
        assert organisation.legal_name == TEXT
        assert organisation.search_text
        assert organisation.history.count() == 1
        assert [domain.code for domain in organisation.domains.all()] == ["proba"]
        assert Submission.objects.get().answers == {"claim": {"why": [TEXT, None, 1]}}
        assert StateChange.objects.get().reason == TEXT


def test_next_numbers_lie_after_the_rows(made: Callable[[], None]) -> None:
    with a_test():
        remembered_rows("proba", made)
        number = Organisation.objects.get().pk
    with connection.cursor() as cursor:
        cursor.execute("ALTER SEQUENCE organisations_organisation_id_seq RESTART")
    with a_test():
        remembered_rows("proba", made)
        assert an_organisation(2).pk > number


def test_set_up_beside_other_rows_is_made_and_not_kept(made: Callable[[], None]) -> None:
    """A table left out because it has rows already would lack the set-up's own ever after."""
    with a_test():
        remember(an_edition(2030), name="x", source="", target="x", actor=None)
        remembered_rows("proba", made)
        assert StateChange.objects.count() == 2
    with a_test():
        remembered_rows("proba", made)
        assert StateChange.objects.get().reason == TEXT
        assert made.call_count == 2


def test_rows_are_not_written_beside_others(made: Callable[[], None]) -> None:
    with a_test():
        remembered_rows("proba", made)
    with a_test():
        an_edition(2030)
        remembered_rows("proba", made)
        assert {edition.year for edition in Edition.objects.all()} == {2021, 2030}
        assert made.call_count == 2


def test_rows_of_tables_that_the_set_up_leaves_alone_do_not_matter(made: Callable[[], None]) -> None:
    with a_test():
        UserFactory()
        remembered_rows("proba", made)
    with a_test():
        UserFactory()
        remembered_rows("proba", made)
        assert made.call_count == 1


def test_changed_rows_of_migrations_are_changed_again() -> None:
    rows = Domain.objects.order_by("pk").values_list("code", "name")

    def make() -> None:
        Domain.objects.create(code="proba", name=TEXT, name_en="Trial")
        Domain.objects.update(name=TEXT)

    with a_test():
        Domain.objects.create(code="alta", name="Alta", name_en="Other")
        with mock.patch.dict(remembered.as_migrated, content()):
            with a_test():
                remembered_rows("alta", make)
                first = list(rows)
            with a_test():
                remembered_rows("alta", mock.Mock(side_effect=AssertionError))
                assert list(rows) == first
                assert ("alta", TEXT) in first


def test_kinds_of_records_with_other_numbers_are_not_mixed_up(made: Callable[[], None]) -> None:
    with a_test():
        remembered_rows("proba", made)
    with a_test():
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO django_content_type (app_label, model) VALUES ('x', 'x')")
        remembered_rows("proba", made)
        assert made.call_count == 2


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_makes_its_own(made: Callable[[], None]) -> None:
    remembered_rows("proba", made)

    assert made.call_count == 1
    assert remembered._kept == {}
