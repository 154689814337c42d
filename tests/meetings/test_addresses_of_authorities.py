"""Authorities of no structure: the team writes their addresses down and invites them; a structure sees none of them."""

import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from core.accounts.choices import Role
from meetings.models import Invitee
from meetings.selectors.authorities import authorities
from meetings.selectors.invitations import invitation_plan
from meetings.selectors.replies import replies
from meetings.selectors.scopes import Scope
from meetings.services.addresses import keep_addresses
from meetings.services.forgetting import forget_participant
from organisations.models import AuthorityAddress, StructureMembership, StructureRepresentative
from tests.factories.accounts import UserFactory, sign_in, staff_client
from tests.factories.territory import CountyFactory, UatFactory
from tests.meetings.test_invitations import World

pytestmark = pytest.mark.django_db
OTHERS = "Alte autorități locale"


@pytest.fixture
def world(db) -> World:
    """As for invitations, with a town and its county called the same, and a commune elsewhere."""
    world = World()
    world.town = UatFactory(county=world.bv, name="Brașov", type="municipiu")
    world.nowhere = world.town.__class__.objects.get(name="Nicăieri")
    world.far = UatFactory(county=CountyFactory(code="CJ"), name="Departe")
    return world


def test_the_database_keeps_one_address_a_place(world):
    AuthorityAddress.objects.create(uat=world.town, email="A@Exemplu.invalid")
    AuthorityAddress.objects.create(county=world.bv, email="b@exemplu.invalid")
    assert AuthorityAddress.objects.get(uat=world.town).email == "a@exemplu.invalid"
    for wrong in (
        {"uat": world.town, "email": "c@exemplu.invalid"},
        {"county": world.bv, "email": "c@exemplu.invalid"},
        {"email": "c@exemplu.invalid"},
        {"uat": world.nowhere, "county": world.bv, "email": "c@exemplu.invalid"},
        {"uat": world.nowhere, "email": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            AuthorityAddress.objects.create(**wrong)
    # A person whose own mailbox it was is forgotten here too.
    forget_participant(user=UserFactory(email="a@exemplu.invalid"))
    assert list(AuthorityAddress.objects.values_list("email", flat=True)) == ["b@exemplu.invalid"]


def test_the_team_writes_addresses_down_and_invites_everybody(world):
    client = staff_client(Role.EDITOR)
    url = world.url("invitatii/adrese/")
    lines = "\n".join(
        [
            "SIRUTA;adresa",
            f"{world.nowhere.code};nicaieri@exemplu.invalid",
            "Brașov;municipiul@exemplu.invalid",
            "Consiliul Județean Brașov;consiliul@exemplu.invalid",
            "Primăria comunei Fundata;fundata@exemplu.invalid",
            "Moieciu;BV;aceeasi@exemplu.invalid",
            "Departe;furat@exemplu.invalid",
            "Nicăieri;iar@exemplu.invalid",
            f"Moieciu;Brașov;{'a' * 250}@exemplu.invalid",
        ]
    )
    checked = client.post(url, {"lines": lines})
    assert checked.text.count("Rândul ") == 3
    hidden = re.search(r'name="randuri" value="([^"]*)"', checked.text)[1]
    assert hidden.count("@") == 5
    assert not AuthorityAddress.objects.exists()
    # Keys of what the gathering does not concern do nothing; an address that is none keeps nothing.
    assert client.post(url, {"randuri": f"{hidden}\nuat-{world.town.pk};nimic"}).status_code == 404
    assert not AuthorityAddress.objects.exists()
    foreign = f"uat-{world.far.pk};furat@exemplu.invalid\nuat-²;x@y.ro\n\x00;x@y.ro"
    assert client.post(url, {"randuri": f"{hidden}\n{foreign}"}).status_code == 302
    assert dict(AuthorityAddress.objects.values_list("email", "uat__name")) == {
        "nicaieri@exemplu.invalid": "Nicăieri",
        "municipiul@exemplu.invalid": "Brașov",
        "aceeasi@exemplu.invalid": "Moieciu",
        "consiliul@exemplu.invalid": None,
    }
    world.silent.refresh_from_db()
    assert world.silent.email == "fundata@exemplu.invalid"

    # One by one: found by name, county and address, changed, emptied.
    assert "Fiecare autoritate are o adresă" in client.get(url).text
    found = client.get(url, {"adresa": "cu", "judet": "BV", "q": "nicaieri"}).text
    one = world.url(f"invitatii/adrese/uat-{world.nowhere.pk}/")
    assert one in found
    assert "Moieciu" not in found
    assert client.get(url, {"judet": "\x00", "q": "x" * 9999, "pagina": "-"}).status_code == 200
    assert 'value="nicaieri@exemplu.invalid"' in client.get(one).text
    client.post(one, {"email": ""})
    assert not AuthorityAddress.objects.filter(uat=world.nowhere).exists()
    client.post(one, {"email": "Aceeasi@Exemplu.invalid"})
    council = world.url(f"invitatii/adrese/judet-{world.bv.pk}/")
    assert client.post(council, {"email": "cj@exemplu.invalid"}).status_code == 302
    for key in (f"uat-{world.far.pk}", "uat-0", "judet-x", "99999999999999999999"):
        assert client.get(world.url(f"invitatii/adrese/{key}/")).status_code == 404

    # Two share an address: one mail. The answer is the authority's, in a group of its own.
    plan = invitation_plan(world.meeting, Scope(None))
    tally = next(each for each in plan.by_group if each.label == OTHERS)
    assert (tally.recipients, tally.without, plan.outside) == (3, 0, 0)
    world.send(client)
    world.run()
    council = Invitee.objects.get(email="cj@exemplu.invalid")
    assert (council.county, council.uat) == (world.bv, None)
    assert Invitee.objects.get(email="municipiul@exemplu.invalid").uat == world.town
    assert Invitee.objects.filter(email="aceeasi@exemplu.invalid").count() == 1
    groups = {line.label: line.total for line in replies(world.meeting, Scope(None)).by_structure}
    assert groups == {OTHERS: 3, "ACoR": 2, "AOR": 1, "Organizații înscrise": 2}


def test_a_list_of_members_loses_no_address(world):
    AuthorityAddress.objects.create(uat=world.nowhere, email="nicaieri@exemplu.invalid")
    member = StructureMembership.objects.create(structure=world.acor, uat=world.nowhere, source="listă")
    scope = Scope(world.acor)
    plan = invitation_plan(world.meeting, scope)
    assert "nicaieri@exemplu.invalid" in {each.email for each in plan.recipients}
    # The structure's own word is the later; an address taken away is away.
    among = [each for each in authorities(world.meeting, scope) if each.key == str(member.pk)]
    assert keep_addresses(among=among, said={str(member.pk): "noua@exemplu.invalid"}) == 1
    assert not AuthorityAddress.objects.exists()
    member.refresh_from_db()
    assert member.email == "noua@exemplu.invalid"


def test_a_structure_writes_to_no_others_and_each_person_to_own_structures(world):
    AuthorityAddress.objects.create(uat=world.town, email="municipiul@exemplu.invalid")
    client = world.speaker()
    for tail in ("invitatii/", "invitatii/adrese/?adresa=cu", "invitatii/adrese/?q=nicaieri"):
        assert "Nicăieri" not in client.get(world.url(tail)).text
        assert OTHERS not in client.get(world.url(tail)).text
    assert client.get(world.url(f"invitatii/adrese/uat-{world.town.pk}/")).status_code == 404
    forged = f"uat-{world.nowhere.pk};furat@exemplu.invalid"
    client.post(world.url("invitatii/adrese/"), {"randuri": forged})
    client.post(world.url("invitatii/adrese/"), {"lines": "Nicăieri;furat@exemplu.invalid"})
    assert AuthorityAddress.objects.count() == 1

    # Somebody of two structures chooses; a structure of others is not there, whoever asks.
    user = UserFactory()
    for structure in (world.acor, world.aor):
        StructureRepresentative.objects.create(structure=structure, user=user)
    both = sign_in(type(client)(), user)
    of_aor = f"?structura={world.aor.slug}"
    for tail in ("invitatii/", "invitatii/adrese/", "invitatii/reamintire/", "raspunsuri/"):
        page = both.get(world.url(tail + of_aor)).text
        assert f'href="?structura={world.acor.slug}"' in page, tail
        assert f"/{of_aor}" in page, tail
        assert client.get(world.url(tail + of_aor)).status_code == 404
        assert staff_client(Role.EDITOR).get(world.url(tail + of_aor)).status_code == 404
    assert both.get(world.url("invitatii/?structura=altceva")).status_code == 404
    one = world.url(f"invitatii/adrese/{world.rasnov.pk}/")
    assert both.get(one).status_code == 404
    assert both.post(f"{one}{of_aor}", {"email": "oras@exemplu.invalid"}).url.endswith(of_aor)
    world.send(both, f"invitatii/{of_aor}")
    world.run()
    assert list(Invitee.objects.values_list("email", "round__structure")) == [
        ("oras@exemplu.invalid", world.aor.pk)
    ]
    assert f"{world.url('invitatii/')}{of_aor}" in both.get(f"/cont/invitatii/{of_aor}").text
    assert client.get(f"/cont/invitatii/{of_aor}").status_code == 404
    file = both.post(world.url(f"raspunsuri/fisier{of_aor}"), {"format": "csv"}).content.decode()
    assert "oras@" in file
    assert "oras@" not in both.post(world.url("raspunsuri/fisier"), {"format": "csv"}).content.decode()


def test_questions_of_the_plan_do_not_grow(world):
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            invitation_plan(world.meeting, Scope(None))
        return len(queries)

    count()
    before = count()
    for number in range(5):
        unit = UatFactory(county=world.bv)
        AuthorityAddress.objects.create(uat=unit, email=f"u{number}@exemplu.invalid")
        world.member(world.acor, f"Alta {number}", f"m{number}@exemplu.invalid")
    assert count() == before
