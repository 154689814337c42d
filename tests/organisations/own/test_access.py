"""Who comes in: an organisation's pages are there for its own people alone, managers' doings for managers alone."""

import pytest
from django.test import Client

from organisations.choices import MemberRole
from organisations.models import FormerSlug, Membership
from tests.factories.accounts import staff_client
from tests.factories.organisations import MembershipFactory

FOR_ALL = ("own", "own_profile", "own_logo", "own_people", "own_leave", "own_history", "own_figures")
FOR_MANAGERS = ("own_identity", "own_invite", "own_confirm")


def test_every_page_opens_for_a_manager(own):
    pages = [own.page(name) for name in (*FOR_ALL, *FOR_MANAGERS)]
    pages += [own.page("own_section", word) for word in ("domenii", "beneficiari", "activitate", "contacte")]
    pages += [own.page("own_section", "coordonator"), own.page("own_section", "nume")]
    pages += [own.page("own_person", own.membership(user).pk) for user in (own.manager, own.member)]
    pages += [own.page("own_figures_year", 2025)]
    for page in pages:
        answer = own.as_manager.get(page)
        assert answer.status_code == 200, page
        text = answer.content.decode()
        assert text.count("<h1>") == 1, page
        assert "no-store" in answer.headers["Cache-Control"], page
        # Nothing is called wrong before anything was sent.
        assert "error-summary" not in text, page


def test_strangers_staff_and_visitors_find_nothing(own):
    pages = [own.page(name) for name in (*FOR_ALL, *FOR_MANAGERS)]
    pages += [own.page("own_person", own.membership(own.member).pk), own.page("own_figures_year", 2025)]
    for client in (own.as_stranger, staff_client()):
        assert {client.get(page).status_code for page in pages} == {404}
        assert {client.post(page).status_code for page in pages} <= {404, 405}
    assert all("/cont/autentificare/" in Client().get(page).headers["Location"] for page in pages)


def test_a_member_does_not_do_what_managers_do(own):
    for name in FOR_ALL:
        assert own.as_member.get(own.page(name)).status_code == 200
    person = own.page("own_person", own.membership(own.manager).pk)
    for page in (*map(own.page, FOR_MANAGERS), person):
        assert own.as_member.get(page).status_code == 403
        for action in ("remove", "role", "hand-over", "resend"):
            sent = {"action": action, "role": "manager", "email": "x@exemplu.test"}
            assert own.as_member.post(page, sent).status_code == 403
    assert own.as_member.post(own.page("own_identity_withdraw")).status_code == 403
    assert own.as_member.post(own.page("own_invitation", 1), {"action": "revoke"}).status_code == 403
    seen = own.as_member.get(own.page("own_people")).content.decode()
    assert "Maria Manager" in seen
    assert own.page("own_invite") not in seen
    assert person not in seen
    assert own.page("own_identity") not in seen
    assert own.membership(own.manager).role == MemberRole.MANAGER


def test_a_person_of_another_organisation_is_not_reached_through_ones_own(own):
    foreign = Membership.objects.get(user=own.stranger)
    page = own.page("own_person", foreign.pk)
    assert own.as_manager.get(page).status_code == 404
    assert own.as_manager.post(page, {"action": "remove"}).status_code == 404
    assert Membership.objects.filter(pk=foreign.pk).exists()


def test_the_start_leads_to_the_only_one_or_asks_which(own):
    start = "/cont/organizatie/"
    assert own.as_manager.get(start).headers["Location"] == own.page("own")
    MembershipFactory(organisation=own.other, user=own.manager)
    chosen = own.as_manager.get(start).content.decode()
    assert own.page("own") in chosen
    assert own.page("own", organisation=own.other) in chosen
    Membership.objects.filter(user=own.manager).delete()
    none = own.as_manager.get(start).content.decode()
    assert "/organizatii/inscriere/" in none


def test_a_former_address_leads_to_the_present_page(own):
    FormerSlug.objects.create(slug="nume-vechi", organisation=own.organisation)
    moved = own.as_manager.get("/cont/organizatie/nume-vechi/cifre/2024/")
    assert moved.headers["Location"] == own.page("own_figures_year", 2024)
    assert own.as_stranger.get("/cont/organizatie/nume-vechi/").status_code == 404


@pytest.mark.parametrize("number", ["0", "99999999999999999999999999"])
def test_numbers_of_nobody_are_not_found(own, number):
    base = own.page("own_people")
    assert own.as_manager.get(f"{base}{number}/").status_code == 404
    assert own.as_manager.post(f"{base}invitatii/{number}/", {"action": "revoke"}).status_code == 404
    assert own.as_manager.get(f"{own.page('own_figures')}{number}/").status_code == 404
