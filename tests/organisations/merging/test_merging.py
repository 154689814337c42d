"""Two records that were one: what stays, what is refused, two at once, and the pages for it."""

from datetime import date
from threading import Thread

import pytest
from django.db import connection
from django.test import Client

from core.accounts.choices import Role
from organisations.choices import MemberRole, NameKind, ReconfirmationStatus, RegisterStatus
from organisations.models import (
    AssociativeStructure,
    FormerSlug,
    Invitation,
    Membership,
    Organisation,
    OrganisationMerge,
    Reconfirmation,
    Submission,
    VolunteerCoordinator,
)
from organisations.selectors.merging import plan_merge
from organisations.services.merging import MergeRefusedError, merge_organisations
from tests.admin.world import an_organisation
from tests.factories.accounts import UserFactory, staff_client
from tests.factories.organisations import DomainFactory
from tests.factories.territory import CountyFactory, UatFactory

pytestmark = pytest.mark.django_db


def merge(kept, merged, **take):
    actor = UserFactory(roles=[Role.ADMINISTRATOR])
    return merge_organisations(kept=kept, merged=merged, take=take, reason="Aceeași asociație", actor=actor)


def page(kept, merged) -> str:
    return f"/admin/organisations/organisation/{kept.pk}/merge/?with={merged.pk}"


def test_chosen_values_stay_names_and_address_go_on():
    brasov, social = CountyFactory(code="BV"), DomainFactory(code="social")
    kept = an_organisation(1, legal_name="Asociația Zâmbet", cui="")
    merged = an_organisation(
        2, legal_name="ASOCIAȚIA ZÂMBET", public_name="Zâmbetul", cui="18547290", county=brasov, acronym="AZ"
    )
    merged.domains.add(social)
    FormerSlug.objects.create(slug="si-mai-veche", organisation=merged)
    made = merge(kept, merged, cui=True, seat=True)

    kept.refresh_from_db()
    assert (kept.cui, kept.county, kept.public_name) == ("18547290", brasov, "")
    assert list(kept.domains.all()) == [social]
    # The legal name is the same in another spelling.
    assert set(kept.names.values_list("name", "kind")) == {
        ("Zâmbetul", NameKind.ALIAS),
        ("AZ", NameKind.ALIAS),
    }
    for slug in ("exemplu-2", "si-mai-veche"):
        assert Client().get(f"/organizatii/{slug}/").headers["Location"].endswith("/organizatii/exemplu-1/")
    assert kept.history.first().history_change_reason == "Contopită cu „Zâmbetul”. Aceeași asociație"
    assert made.merged_record["cui"] == "18547290"
    assert made.merged_record["domains"] == [str(social.pk)]


def test_twins_by_their_own_rules():
    kept, merged = an_organisation(1), an_organisation(2)
    person, other = UserFactory(), UserFactory()
    Membership.objects.create(organisation=kept, user=person)
    Membership.objects.create(organisation=merged, user=person, role=MemberRole.MANAGER)
    Membership.objects.create(organisation=merged, user=other)
    VolunteerCoordinator.objects.create(organisation=kept, name="Ana")
    VolunteerCoordinator.objects.create(organisation=merged, name="Ion", email="ion@example.org")
    for organisation in (kept, merged):
        Invitation.objects.create(
            organisation=organisation, email="x@example.org", expires_at="2030-01-01T00:00Z"
        )
        Reconfirmation.objects.create(
            organisation=organisation, due_on=date(2026, 1, organisation.pk % 27 + 1)
        )
    made = merge(kept, merged)

    assert dict(kept.memberships.values_list("user", "role")) == {
        person.pk: MemberRole.MANAGER,
        other.pk: MemberRole.MEMBER,
    }
    kept.coordinator.refresh_from_db()
    assert (kept.coordinator.name, kept.coordinator.email) == ("Ana", "ion@example.org")
    assert [invitation.is_open for invitation in kept.invitations.order_by("pk")] == [True, False]
    assert {each.status for each in kept.reconfirmations.all()} == {
        ReconfirmationStatus.OPEN,
        ReconfirmationStatus.CANCELLED,
    }
    assert [twin["fields"].get("name") for twin in made.merged_record["twins"]] == [None, "Ion"]


def test_part_of_the_merged_record_stands_alone_and_its_other_parts_follow():
    whole = an_organisation(1)
    kept = an_organisation(2, kind="branch", parent=whole)
    other = an_organisation(3, kind="branch", parent=whole)
    merge(kept, whole)

    kept.refresh_from_db()
    other.refresh_from_db()
    assert (kept.parent, other.parent) == (None, kept)


def test_what_is_refused_changes_nothing():
    kept = an_organisation(1, register_status=RegisterStatus.RECORDED)
    listed = an_organisation(2, register_status=RegisterStatus.LISTED, listed_on=date(2021, 1, 1))
    for number, organisation in enumerate((kept, listed)):
        AssociativeStructure.objects.create(
            acronym=f"S{number}",
            slug=f"s{number}",
            name=f"S{number}",
            represents=["comuna", "oras"][number],
            organisation=organisation,
        )
        Submission.objects.create(kind="change", organisation=organisation)
    middle = an_organisation(3, kind="branch", parent=kept)
    below = an_organisation(4, kind="branch", parent=middle)

    with pytest.raises(MergeRefusedError) as refusal:
        merge(kept, listed)
    for words in ("este înscrisă", "structuri asociative", "o cerere în lucru"):
        assert words in str(refusal.value)
    with pytest.raises(MergeRefusedError, match="o alta între ele"):
        merge(kept, below)
    with pytest.raises(MergeRefusedError, match="două fișe diferite"):
        merge(kept, kept)
    assert Organisation.objects.count() == 4


def test_page_shows_both_and_merges_once(django_assert_max_num_queries):
    kept, merged = an_organisation(1, acronym="A"), an_organisation(2, acronym="B", seat=None)
    merged.names.create(name="Altul")
    client = staff_client(Role.PROGRAMME_MANAGER)
    with django_assert_max_num_queries(90):
        shown = client.get(page(kept, merged))
    seal = shown.context["plan"].seal
    unreasoned = client.post(page(kept, merged), {"seen": seal, "take_acronym": "merged"})
    assert 'value="merged" checked' in unreasoned.text
    Organisation.objects.filter(pk=merged.pk).update(acronym="C")
    stale = client.post(page(kept, merged), {"seen": seal, "reason": "La fel"})
    assert "S-a schimbat" in stale.text
    assert Organisation.objects.filter(pk=merged.pk).exists()
    data = {"seen": stale.context["plan"].seal, "reason": "La fel", "take_acronym": "merged"}
    done = client.post(page(kept, merged), data, follow=True)
    again = client.post(page(kept, merged), data, follow=True)

    assert "este acum parte din această fișă" in done.text
    assert again.status_code == 200
    kept.refresh_from_db()
    assert kept.acronym == "C"
    assert OrganisationMerge.objects.count() == 1
    history = client.get(f"/admin/organisations/organisation/{kept.pk}/history/").text
    assert "Contopită cu „Asociația Exemplu 2”" in history
    made = OrganisationMerge.objects.get()
    assert (
        "Asociația Exemplu 2" in client.get(f"/admin/organisations/organisationmerge/{made.pk}/change/").text
    )


def test_ways_to_the_page():
    first, second = an_organisation(1, legal_name="Asociația Zâmbet"), an_organisation(2, cui="18547290")
    an_organisation(3, legal_name="Asociatia Zambet")
    client = staff_client()
    listing = "/admin/organisations/organisation/"
    data = {"action": "merge_chosen", "_selected_action": [first.pk, second.pk]}
    chosen = client.post(listing, data)
    one = client.post(listing, {**data, "_selected_action": [first.pk]}, follow=True)

    # The one with a CUI stays.
    assert chosen.headers["Location"].endswith(f"/{second.pk}/merge/?with={first.pk}")
    assert "exact două" in one.text
    assert "Contopiți cu…" in client.get(f"{listing}{first.pk}/change/").text
    alike = client.get(f"{listing}{first.pk}/merge/").text
    assert "Asociatia Zambet" in alike
    for wrong in ("", "x", "999999", str(first.pk), "9" * 30):
        assert client.get(f"{listing}{first.pk}/merge/?with={wrong}").status_code == 200
    for role in (Role.EDITOR, Role.AUDITOR):
        refused = staff_client(role)
        assert refused.post(page(first, second), {"reason": "x"}).status_code == 403
        assert "/merge/" not in refused.get(f"{listing}{first.pk}/change/").text


@pytest.mark.django_db(transaction=True)
def test_of_two_merges_at_once_in_both_directions_one_is_made():
    first, second = an_organisation(1), an_organisation(2)
    clients = [staff_client(), staff_client()]
    seals = [plan_merge(first, second).seal, plan_merge(second, first).seal]
    answers = []

    def press(client, address, seal):
        answers.append(client.post(address, {"seen": seal, "reason": "La fel"}))
        connection.close()

    presses = [
        Thread(target=press, args=[clients[0], page(first, second), seals[0]]),
        Thread(target=press, args=[clients[1], page(second, first), seals[1]]),
    ]
    for one in presses:
        one.start()
    for one in presses:
        one.join()

    assert OrganisationMerge.objects.count() == 1
    assert Organisation.objects.count() == 1
    assert {answer.status_code for answer in answers} <= {200, 302, 404}


def test_seat_comes_with_its_county():
    uat = UatFactory(county=CountyFactory(code="BV"))
    kept, merged = (
        an_organisation(1, county=CountyFactory(code="CJ")),
        an_organisation(2, seat=uat, county=uat.county),
    )
    merge(kept, merged, seat=True)

    kept.refresh_from_db()
    assert (kept.seat, kept.county) == (uat, uat.county)
