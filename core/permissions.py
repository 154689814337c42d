"""Who may do what: every permission is registered here, so that the admin, the pages, the docs and the tests agree.

An app's ``rules.py`` calls :func:`grant` for its models. Django asks the same rules through ``user.has_perm``,
with or without an object. A role granted portal-wide answers without an object; a relation to one organisation
or structure answers only for that one.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import rules
from rules import Predicate

from core.accounts.choices import Role

VIEW: Final = "view"


@dataclass(frozen=True)
class RoleProbe:
    """Stands for anybody who holds one role and nothing else, so that rules can be asked without people."""

    roles: frozenset[Role] = frozenset()
    relations: frozenset[Role] = frozenset()
    pk: None = None
    is_active: bool = True
    is_authenticated: bool = True
    is_anonymous: bool = False
    is_superuser: bool = False
    is_staff: bool = False


@dataclass(frozen=True)
class Permission:
    """One line of the matrix; ``name`` is what ``user.has_perm`` takes."""

    app_label: str
    model: str
    action: str
    predicate: Predicate

    @property
    def name(self) -> str:
        return f"{self.app_label}.{self.action}_{self.model}"

    def holders(self) -> dict[Role, str]:
        """``"all"`` for a role that may always, ``"own"`` for one that may for what is its own; others absent."""
        answers = {}
        for role in Role:
            if self.predicate.test(RoleProbe(roles=frozenset({role})), None):
                answers[role] = "all"
            elif self.predicate.test(RoleProbe(relations=frozenset({role})), None):
                answers[role] = "own"
        return answers


_permissions: dict[str, Permission] = {}
_relation_listers: list[Callable[[Any], Iterable[str]]] = []


def has_role(*roles: Role) -> Predicate:
    """Holds for an active person to whom one of the roles was granted; reads as "administrator or editor"."""

    def test(user: Any) -> bool:
        return bool(user.is_active) and not frozenset(roles).isdisjoint(getattr(user, "roles", ()))

    return Predicate(test, name=" or ".join(role.value.replace("_", " ") for role in roles))


def relation(role: Role) -> Callable[[Callable[[Any, Any], bool]], Predicate]:
    """Makes a predicate of ``holds(user, thing)`` that gives ``role`` for one thing, never without a thing."""

    def decorate(holds: Callable[[Any, Any], bool]) -> Predicate:
        def test(user: Any, thing: Any = None) -> bool:
            if isinstance(user, RoleProbe):
                return role in user.relations
            return bool(user.is_active) and user.is_authenticated and thing is not None and holds(user, thing)

        return Predicate(test, name=holds.__name__)

    return decorate


nobody: Final = Predicate(lambda user: False, name="nobody")
anybody: Final = Predicate(lambda user: True, name="anybody")
signed_in: Final = Predicate(lambda user: bool(user.is_authenticated and user.is_active), name="signed in")
auditor: Final = has_role(Role.AUDITOR)
editorial_team: Final = has_role(Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER, Role.EDITOR)


def grant(app_label: str, model: str, actions: Mapping[str, Predicate]) -> None:
    """Registers the permissions of one model: view, add, change, delete and custom verbs.

    Auditors may view whatever anybody may view. Raises ``KeyError`` when a permission is registered twice.
    """
    for action, predicate in actions.items():
        permission = Permission(
            app_label, model, action, predicate | auditor if action == VIEW else predicate
        )
        rules.add_perm(permission.name, permission.predicate)  # type: ignore[no-untyped-call]
        _permissions[permission.name] = permission
    if not rules.perm_exists(app_label):  # type: ignore[no-untyped-call]
        any_of_app = Predicate(_any_of_app(app_label), name=f"any permission of {app_label}")
        rules.add_perm(app_label, any_of_app)  # type: ignore[no-untyped-call]


def grant_editorial(app_label: str, *models: str) -> None:
    """What the editorial team keeps: all three of it view, add and change; managers and administrators delete."""
    for model in models:
        grant(
            app_label,
            model,
            {
                VIEW: editorial_team,
                "add": editorial_team,
                "change": editorial_team,
                "delete": has_role(Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER),
            },
        )


def list_relations(lister: Callable[[Any], Iterable[str]]) -> Callable[[Any], Iterable[str]]:
    """Registers how an app names a person's relations, one sentence each, for the page of the account."""
    _relation_listers.append(lister)
    return lister


def relations_of(user: Any) -> list[str]:
    """Sentences about every organisation or structure for which the person speaks."""
    return [sentence for lister in _relation_listers for sentence in lister(user)]


def permissions() -> list[Permission]:
    """Every registered permission: by app and model, and there view, add, change, delete, then custom verbs."""
    return sorted(_permissions.values(), key=lambda each: (each.app_label, each.model, _place(each.action)))


def _place(action: str) -> tuple[int, str]:
    standard = (VIEW, "add", "change", "delete")
    return (standard.index(action) if action in standard else len(standard), action)


def permission_matrix() -> dict[str, dict[Role, str]]:
    """Permission name to role to ``"all"`` or ``"own"``, asked from the rules themselves."""
    return {permission.name: permission.holders() for permission in permissions()}


def _any_of_app(app_label: str) -> Callable[[Any], bool]:
    def test(user: Any) -> bool:
        return any(
            permission.predicate.test(user, None)
            for permission in _permissions.values()
            if permission.app_label == app_label
        )

    return test
