"""Names that an edition's documents print, in the workbench of names."""

from collections.abc import Callable

from core.accounts.choices import Role
from organisations.choices import FoundNameStatus
from organisations.models import FoundName
from organisations.services.found_names import join_names
from programmes.models import Edition
from promotori.loading.edition import load_edition
from tests.admin.world import an_organisation
from tests.factories.accounts import UserFactory
from videoconferences.models import CoOrganiser


def test_edition_brings_its_printed_names_once_and_keeps_what_staff_decided(
    load_2021: Callable[[], Edition],
) -> None:
    load_2021()
    before = FoundName.objects.count()
    found = FoundName.objects.filter(status=FoundNameStatus.JOINED).exclude(organisation=None).first()
    other = an_organisation(77)
    join_names(names=[found], organisation=other, actor=UserFactory(roles=[Role.EDITOR]))
    _themes, ledger = load_edition(year=2021, write=True)

    assert before > 20
    assert not FoundName.objects.filter(organisation=None).exists()
    assert "videoconferința nr." in found.place
    assert FoundName.objects.count() == before
    assert (ledger.created, ledger.updated) == ([], [])
    found.refresh_from_db()
    assert found.organisation == other
    assert CoOrganiser.objects.filter(organisation=other, name_as_printed=found.name).exists()
