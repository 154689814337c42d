"""Invitations, roles, hand-over, leaving; and those who try to get in by them."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from core.messaging.models import Message
from organisations.choices import MemberRole
from organisations.models import Invitation, Membership
from organisations.services import people
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.organisations import MembershipFactory
from tests.organisations.own.world import make_world


def invite(own, email="nou@exemplu.test", role=MemberRole.MEMBER, **more):
    return people.invite_person(
        organisation=own.organisation, email=email, role=role, language="ro", actor=own.manager, **more
    )


def link(invitation):
    return f"/invitatie/{people.invitation_token(invitation)}/"


def test_a_person_is_invited_and_comes_in(own):
    sent = {"email": " Nou@Exemplu.test ", "role": "member", "language": "ro"}
    assert own.as_manager.post(own.page("own_invite"), sent).status_code == 302
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.invited_by) == ("nou@exemplu.test", own.manager)
    mail = Message.objects.get(kind="organisations.invitation")
    assert mail.to == "nou@exemplu.test"
    assert link(invitation) in mail.text
    assert "Asociația Mâini Întinse" in mail.subject

    visitor = Client().get(link(invitation))
    assert f"/cont/inregistrare/?next=%2Finvitatie%2F{invitation.pk}" in visitor.content.decode()
    assert "nou@exemplu.test" not in visitor.content.decode()
    newcomer = UserFactory(email="nou@exemplu.test", full_name="Nora Nouă")
    client = sign_in(Client(), newcomer)
    # Reading changes nothing.
    assert "Acceptați invitația" in client.get(link(invitation)).content.decode()
    assert not Membership.objects.filter(user=newcomer).exists()
    accepted = client.post(link(invitation), {"action": "accept"})
    assert accepted.headers["Location"] == own.page("own")
    assert own.membership(newcomer).role == MemberRole.MEMBER
    assert own.membership(newcomer).history.get().history_user == newcomer
    assert Message.objects.get(kind="organisations.invitation_accepted").to == own.manager.email


def test_an_invitation_works_once_and_for_its_address_alone(own):
    invitation = invite(own, role=MemberRole.MANAGER)
    thief = sign_in(Client(), own.stranger)
    assert "altă adresă" in thief.get(link(invitation)).content.decode()
    thief.post(link(invitation), {"action": "accept"})
    # An address that nobody confirmed is nobody's.
    pretender = UserFactory(email="altul@exemplu.test")
    pretender.emailaddress_set.create(email="nou@exemplu.test", verified=False)
    sign_in(thief, pretender).post(link(invitation), {"action": "accept"})
    with pytest.raises(ValidationError):
        people.accept_invitation(invitation=invitation, user=pretender)
    assert own.organisation.memberships.count() == 2
    assert "Mai întâi predați rolul" in own.as_manager.get(own.page("own_leave")).text

    owner = UserFactory(email="nou@exemplu.test")
    people.accept_invitation(invitation=invitation, user=owner)
    people.remove_person(membership=own.membership(owner), actor=own.manager)
    sign_in(thief, owner).post(link(invitation), {"action": "accept"})
    assert own.organisation.memberships.count() == 2
    assert "Mai întâi predați rolul" in own.as_manager.get(own.page("own_leave")).text
    for forged in ("1", f"{invitation.pk}:x", "a" * 5000, "%00", f"{people.invitation_token(invitation)}x"):
        assert Client().get(f"/invitatie/{forged}/").status_code in (400, 404)


def test_invitations_end_are_taken_back_and_refused(own):
    invitation = invite(own)
    newcomer = UserFactory(email="nou@exemplu.test")
    later = Invitation.objects.filter(pk=invitation.pk)
    later.update(expires_at=timezone.now() - timedelta(minutes=1))
    with pytest.raises(ValidationError):
        people.accept_invitation(invitation=invitation, user=newcomer)
    assert "14 zile" in Client().get(link(invitation)).content.decode()
    # One out of time can be sent again, and makes way for a new one.
    page = own.page("own_invitation", invitation.pk)
    own.as_manager.post(page, {"action": "resend"})
    assert Message.objects.filter(kind="organisations.invitation").count() == 2
    own.as_manager.post(page, {"action": "resend"})
    assert Message.objects.filter(kind="organisations.invitation").count() == 2
    own.as_manager.post(page, {"action": "revoke"})
    with pytest.raises(ValidationError):
        people.accept_invitation(invitation=invitation, user=newcomer)

    again = invite(own)
    client = sign_in(Client(), newcomer)
    assert client.post(link(again), {"action": "refuse"}).status_code == 302
    assert not Membership.objects.filter(user=newcomer).exists()
    assert Message.objects.get(kind="organisations.invitation_refused").to == own.manager.email
    later.update(revoked_at=None)
    later.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert invite(own).is_open
    assert Invitation.objects.get(pk=invitation.pk).revoked_at is not None


def test_who_is_in_or_invited_is_not_invited_again(own):
    invite(own)
    page = own.page("own_invite")
    for email, said in (
        ("nou@exemplu.test", "a fost invitată deja"),
        ("mihai@exemplu.test", "face parte deja"),
        ("fără arond", "adresă de e-mail întreagă"),
        ("a\0b@exemplu.test", "field-error"),
        ("x" * 10_000, "field-error"),
    ):
        answer = own.as_manager.post(page, {"email": email, "role": "member", "language": "ro"})
        assert answer.status_code == 422, email
        assert said in answer.content.decode()
    escalated = {"email": "alt@exemplu.test", "role": "administrator", "language": "ro"}
    assert own.as_manager.post(page, escalated).status_code == 422
    assert Invitation.objects.count() == 1
    for number in range(people.MOST_A_DAY - 1):
        invite(own, f"n{number}@exemplu.test")
    with pytest.raises(ValidationError, match="mâine"):
        invite(own, "prea.mult@exemplu.test")


def test_roles_change_and_the_last_manager_stays(own):
    member, manager = own.membership(own.member), own.membership(own.manager)
    own.as_manager.post(own.page("own_person", manager.pk), {"action": "role", "role": "member"})
    assert own.membership(own.manager).role == MemberRole.MANAGER
    own.as_manager.post(own.page("own_leave"))
    assert own.organisation.memberships.count() == 2
    assert "Mai întâi predați rolul" in own.as_manager.get(own.page("own_leave")).text
    # A manager who cannot sign in is none to leave the organisation to.
    closed = UserFactory(is_active=False)
    MembershipFactory(organisation=own.organisation, user=closed, role=MemberRole.MANAGER)
    with pytest.raises(ValidationError):
        people.leave_organisation(membership=manager)

    own.as_manager.post(own.page("own_person", member.pk), {"action": "hand-over"})
    assert own.membership(own.member).role == MemberRole.MANAGER
    assert own.membership(own.manager).role == MemberRole.MEMBER
    assert Message.objects.get(kind="organisations.role_changed").to == own.member.email
    # What the former manager's open page still offers is refused.
    assert own.as_manager.post(own.page("own_person", member.pk), {"action": "remove"}).status_code == 403
    assert "Mai întâi predați rolul" not in own.as_manager.get(own.page("own_leave")).text
    left = own.as_manager.post(own.page("own_leave"))
    assert left.headers["Location"] == "/cont/organizatie/"
    assert own.as_manager.get(own.page("own")).status_code == 404
    past = Membership.history.filter(user_id=own.manager.pk, history_type="-").get()
    assert past.history_user == own.manager


def test_a_removed_person_is_told_and_their_invitations_end(own):
    people.change_role(membership=own.membership(own.member), role=MemberRole.MANAGER, actor=own.manager)
    sent = people.invite_person(
        organisation=own.organisation, email="prieten@exemplu.test", role="manager", language="ro", actor=own.member
    )  # fmt: skip
    number = own.membership(own.member).pk
    own.as_manager.post(own.page("own_person", number), {"action": "remove"})
    assert not own.organisation.memberships.filter(user=own.member).exists()
    assert Message.objects.get(kind="organisations.person_removed").to == own.member.email
    with pytest.raises(ValidationError):
        people.accept_invitation(invitation=sent, user=UserFactory(email="prieten@exemplu.test"))
    assert own.as_manager.post(own.page("own_person", number), {"action": "remove"}).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_two_managers_who_remove_each_other_one_stays(transactional_db):
    with transaction.atomic():
        own = make_world()
    Membership.objects.filter(user=own.member).update(role=MemberRole.MANAGER)
    pair = [(own.membership(own.member), own.manager), (own.membership(own.manager), own.member)]
    start, refused = threading.Barrier(2), []

    def remove(membership, actor):
        try:
            start.wait()
            people.remove_person(membership=membership, actor=actor)
        except ValidationError as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=remove, args=each) for each in pair]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert own.organisation.memberships.get().role == MemberRole.MANAGER
    assert len(refused) == 1
    assert Message.objects.filter(kind="organisations.person_removed").count() == 1
