"""After a test that commits, every table is as migrations left it, and nobody goes on showing what it committed."""

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType

from core.dataversion import PUBLIC, TERRITORY, current_version
from tests import remembered
from tests.emptied import take_back
from tests.factories.organisations import OrganisationFactory


@pytest.mark.django_db(transaction=True)
def test_rows_that_came_went_and_changed_are_taken_back() -> None:
    versions = [current_version(name) for name in (PUBLIC, TERRITORY)]
    kind = ContentType.objects.get(app_label="organisations", model="organisation")
    OrganisationFactory()
    Permission.objects.filter(content_type=kind).delete()
    ContentType.objects.filter(pk=kind.pk).update(model="x")

    take_back()

    assert remembered.as_migrated
    assert remembered.contents(remembered.columns_of_tables()) == remembered.as_migrated
    assert ContentType.objects.get_by_natural_key("organisations", "organisation") == kind
    assert all(
        now > before for now, before in zip(map(current_version, (PUBLIC, TERRITORY)), versions, strict=True)
    )
