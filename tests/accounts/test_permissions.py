"""The matrix of roles and permissions: complete, asked from the rules, obeyed by has_perm, written in the docs."""

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser

from core.accounts.choices import GRANTED_ROLES, Role
from core.accounts.matrix import matrix_page
from core.permissions import RoleProbe, has_role, permission_matrix, permissions, relation
from tests.factories.accounts import UserFactory


def test_every_permission_is_about_a_model():
    for permission in permissions():
        assert apps.get_model(permission.app_label, permission.model), permission.name


def test_every_model_of_the_admin_says_who_views_it():
    """An action that no rule names is nobody's: the admin shows no button for it."""
    known = permission_matrix()
    missing = [
        model._meta.label
        for model in admin.site._registry
        if f"{model._meta.app_label}.view_{model._meta.model_name}" not in known
    ]
    assert missing == []


def test_auditors_view_what_anybody_views_and_change_nothing():
    """But for what every account may do: whoever audits may enrol an association of their own."""
    for permission in permissions():
        holders = permission.holders()
        if permission.action == "view":
            assert holders.get(Role.AUDITOR) == "all", permission.name
        elif set(holders) != set(Role):
            assert Role.AUDITOR not in holders, permission.name


def test_only_administrators_give_roles():
    matrix = permission_matrix()
    for name in ("accounts.add_rolegrant", "accounts.delete_rolegrant", "accounts.change_user"):
        assert matrix[name] == {Role.ADMINISTRATOR: "all"}


@pytest.mark.django_db
@pytest.mark.parametrize("role", sorted(GRANTED_ROLES))
def test_has_perm_answers_as_the_matrix_says(role):
    user = UserFactory(roles=[role])
    for name, holders in permission_matrix().items():
        assert user.has_perm(name) is (holders.get(role) == "all"), name


@pytest.mark.django_db
@pytest.mark.parametrize("role", sorted(GRANTED_ROLES))
def test_an_app_shows_in_the_admin_only_to_those_who_may_something_in_it(role):
    user = UserFactory(roles=[role])
    for label in {permission.app_label for permission in permissions()}:
        may = any(
            holders.get(role) == "all"
            for name, holders in permission_matrix().items()
            if name.startswith(f"{label}.")
        )
        assert user.has_module_perms(label) is may, label


def test_a_visitor_has_no_permission():
    visitor = AnonymousUser()
    assert [name for name in permission_matrix() if visitor.has_perm(name)] == []


def test_a_relation_holds_for_its_own_thing_alone():
    @relation(Role.ORGANISATION_MANAGER)
    def manages(user, thing):
        return thing == "own"

    member = RoleProbe()
    person = type("Person", (), {"is_active": True, "is_authenticated": True})()
    assert manages.test(person, "own")
    assert not manages.test(person, "another")
    assert not manages.test(person, None)
    assert not manages.test(AnonymousUser(), "own")
    assert not manages.test(member, "own")
    assert manages.test(RoleProbe(relations=frozenset({Role.ORGANISATION_MANAGER})), None)


def test_a_predicate_reads_as_words():
    assert str(has_role(Role.PROGRAMME_MANAGER, Role.EDITOR)) == "programme manager or editor"


def test_the_page_of_roles_is_fresh():
    page = settings.BASE_DIR / "docs" / "roles.md"
    assert page.read_text(encoding="utf-8") == matrix_page(), "run: python manage.py write_matrix"
