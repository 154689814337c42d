"""People and the roles granted to them."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from core.accounts.choices import GRANTED_ROLES, RELATION_ROLES, STAFF_ROLES, Role
from core.accounts.models import RoleGrant, User
from core.accounts.services import grant_role, require_other_administrator, revoke_role
from tests.factories.accounts import UserFactory
from tests.waiting import waits_for_me

pytestmark = pytest.mark.django_db


def test_email_is_one_whatever_its_case():
    user = User.objects.create_user("Ana.Pop@Example.ORG", full_name="Ana Pop")

    assert user.email == "ana.pop@example.org"
    assert User.objects.get(email="ANA.pop@example.org") == user
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("ana.pop@EXAMPLE.org", full_name="Alta")


def test_email_in_capitals_is_refused_by_the_database():
    user = UserFactory()

    with pytest.raises(IntegrityError, match="accounts_user_email_lower_case"), connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_user SET email = 'ANA@EXAMPLE.ORG' WHERE id = %s", [user.pk])


@pytest.mark.parametrize("role", list(Role))
def test_staff_are_those_of_the_staff_roles(role):
    user = UserFactory()
    if role in RELATION_ROLES:
        with pytest.raises(ValidationError):
            grant_role(user=user, role=role)
    else:
        grant_role(user=user, role=role)

    assert user.is_staff is (role in STAFF_ROLES)
    assert (user in User.objects.staff()) is (role in STAFF_ROLES)


@pytest.mark.parametrize("role", sorted(RELATION_ROLES))
def test_role_of_a_relation_is_refused_by_the_database(role):
    with pytest.raises(IntegrityError, match="accounts_rolegrant_role_grantable"):
        RoleGrant.objects.create(user=UserFactory(), role=role)


def test_superuser_is_staff_and_may_everything():
    user = User.objects.create_superuser("sef@example.org", "x", full_name="Șef")

    assert user.is_staff
    assert user.has_perm("accounts.delete_user")


def test_roles_are_read_once(django_assert_num_queries):
    user = User.objects.get(pk=UserFactory(roles=[Role.EDITOR, Role.EVALUATOR]).pk)

    with django_assert_num_queries(1):
        assert user.roles == {Role.EDITOR, Role.EVALUATOR}
        assert user.is_staff
        assert user.has_perm("pages.view_feedback")


def test_granting_twice_keeps_the_first_grant_and_one_row_of_history():
    user, first, second = UserFactory(), UserFactory(), UserFactory()
    grant_role(user=user, role=Role.EDITOR, by=first)
    grant = grant_role(user=user, role=Role.EDITOR, by=second)

    assert grant.granted_by == first
    assert [row.history_user for row in grant.history.all()] == [first]


def test_revoking_says_in_history_who_did_it():
    user, administrator = UserFactory(roles=[Role.EDITOR]), UserFactory()
    assert user.roles == {Role.EDITOR}

    revoke_role(user=user, role=Role.EDITOR, by=administrator)

    assert user.roles == frozenset()
    last = RoleGrant.history.filter(user=user).first()
    assert (last.history_type, last.history_user) == ("-", administrator)


def test_last_administrator_stays():
    last = UserFactory(roles=[Role.ADMINISTRATOR])
    UserFactory(roles=[Role.ADMINISTRATOR], is_active=False)

    with pytest.raises(ValidationError, match=r"Ultimul|last"):
        revoke_role(user=last, role=Role.ADMINISTRATOR)

    assert last.role_grants.filter(role=Role.ADMINISTRATOR).exists()


def test_one_of_two_administrators_may_go():
    first, second = UserFactory(roles=[Role.ADMINISTRATOR]), UserFactory(roles=[Role.ADMINISTRATOR])

    revoke_role(user=first, role=Role.ADMINISTRATOR, by=second)

    assert list(User.objects.holding(Role.ADMINISTRATOR)) == [second]


@transaction.atomic
def revoke(user: User) -> None:
    revoke_role(user=user, role=Role.ADMINISTRATOR)


@transaction.atomic
def deactivate(user: User) -> None:
    """As the admin does: the form asks first, then the record is saved, all in one transaction."""
    require_other_administrator(user=user)
    User.objects.filter(pk=user.pk).update(is_active=False)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("first", "second"),
    [(revoke, revoke), (deactivate, deactivate), (revoke, deactivate), (deactivate, revoke)],
)
def test_of_two_administrators_taken_away_at_once_one_stays(first, second):
    people = [UserFactory(roles=[Role.ADMINISTRATOR]) for _ in range(2)]
    refused = []

    def take(way, user):
        try:
            way(user)
        except ValidationError:
            refused.append(user)
        finally:
            connection.close()

    # The second asks while the first has not committed: it has to wait, and then to see what the first did.
    with transaction.atomic():
        first(people[0])
        waiting = threading.Thread(target=take, args=[second, people[1]])
        waiting.start()
        assert waits_for_me(waiting)
    waiting.join(10)

    assert refused == [people[1]]
    assert User.objects.active().holding(Role.ADMINISTRATOR).get() == people[1]


@pytest.mark.django_db(transaction=True)
def test_role_granted_by_two_at_once_is_granted_once():
    user = UserFactory()
    failed = []

    def grant():
        try:
            grant_role(user=user, role=Role.EDITOR)
        except IntegrityError as error:
            failed.append(error)
        finally:
            connection.close()

    with transaction.atomic():
        grant_role(user=user, role=Role.EDITOR)
        waiting = threading.Thread(target=grant)
        waiting.start()
        assert waits_for_me(waiting)
    waiting.join(10)

    assert failed == []
    assert user.role_grants.count() == 1


def test_a_closed_account_may_nothing():
    user = UserFactory(roles=[Role.ADMINISTRATOR], is_active=False)

    assert not user.has_perm("accounts.view_user")
    assert set(GRANTED_ROLES) | set(RELATION_ROLES) == set(Role)
