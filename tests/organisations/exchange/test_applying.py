"""Lines enter together: what one of them may not do stops no other, and a batch costs few statements."""

import pytest

from organisations.choices import LineOutcome
from organisations.models import Domain, FormerSlug, Organisation
from organisations.services import applying
from tests.admin.world import an_organisation
from tests.factories.territory import CountyFactory
from tests.organisations.exchange.test_import import _files, brought, confirm, editor

__all__ = ["_files", "editor"]
pytestmark = pytest.mark.django_db


def test_what_the_database_refuses_stops_that_line_only(editor):
    an_organisation(1, acronym="A")
    an_organisation(2)
    found = brought(
        editor,
        "Denumirea legală,CUI,Adresa,Acronim\n"
        + "".join(f"Asociația {number},,,\n" for number in range(9))
        + "Exemplu unu,18547290,exemplu-1,B\nExemplu doi,4221306,exemplu-2,C\nUltima,,,\n",
    )
    # Somebody else's record has taken the code that a line would give to another.
    an_organisation(3, cui="18547290")
    confirm(editor, found)

    outcomes = dict(found.lines.values_list("number", "outcome"))
    assert outcomes.pop(11) == LineOutcome.REFUSED
    assert set(outcomes.values()) == {LineOutcome.DONE}
    assert len(outcomes) == 11
    kept = Organisation.objects.get(slug="exemplu-1")
    assert (kept.acronym, kept.cui, kept.history.count()) == ("A", "", 1)
    assert Organisation.objects.get(slug="exemplu-2").acronym == "C"
    made = Organisation.objects.get(legal_name="Ultima")
    version = made.history.get()
    assert (version.history_type, version.history_change_reason) == ("+", "date.csv, rândul 13")
    assert version.history_user == found.uploaded_by
    assert found.lines.get(number=13).organisation == made


def test_addresses_and_lists_of_one_batch(editor):
    social, sport = (
        Domain.objects.create(code=code, name=code, name_en=code) for code in ("social", "sport")
    )
    cluj = CountyFactory(code="CJ")
    old = an_organisation(1)
    old.domains.add(sport)
    FormerSlug.objects.create(slug="asociatia-luna", organisation=old)
    found = brought(
        editor,
        "Denumirea legală,CUI,Adresa,Sediu: cod județ,Domenii\n"
        "Asociația Soare,18547290,,,social\n"
        'Asociația Soare,4221306,,CJ,"social, sport"\n'
        "Asociația Soare,14841550,,,\n"
        "Asociația Lună,,,,\n"
        "Alta,,asociatia-soare-2,,\n"
        "Asociația Exemplu 1,,exemplu-1,,social\n",
    )
    confirm(editor, found)

    assert set(found.lines.values_list("outcome", flat=True)) == {LineOutcome.DONE}
    made = {record.cui or record.legal_name: record for record in Organisation.objects.all()}
    assert {key: record.slug for key, record in made.items()} == {
        "18547290": "asociatia-soare",
        "4221306": "asociatia-soare-cj",
        # The one after it was asked for by another line.
        "14841550": "asociatia-soare-3",
        "Asociația Lună": "asociatia-luna-2",
        "Alta": "asociatia-soare-2",
        "Asociația Exemplu 1": "exemplu-1",
    }
    assert set(made["4221306"].domains.all()) == {social, sport}
    assert made["4221306"].county == cluj
    assert list(made["Asociația Exemplu 1"].domains.all()) == [social]


def test_a_batch_costs_few_statements(editor, django_assert_max_num_queries):
    found = brought(editor, "Denumirea legală\n" + "".join(f"Asociația {n}\n" for n in range(60)))
    with django_assert_max_num_queries(20):
        assert applying.apply_batch(registry_import=found, actor=None) == 60
