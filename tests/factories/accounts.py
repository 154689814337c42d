"""People for tests: by role, with or without a second factor; and signing them in as the portal wants it."""

import time
from typing import Any

import factory
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from factory.django import DjangoModelFactory

from core.accounts.choices import STAFF_ROLES, Role
from core.accounts.models import RoleGrant, User

PASSWORD = "un dud înflorit lângă gară"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


class UserFactory(DjangoModelFactory):
    """A person with a confirmed address and PASSWORD; ``roles=[…]`` grants, staff get a second factor too.

    ``second_factor=False`` leaves staff without one, ``second_factor=True`` gives one to anybody.
    """

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"persoana{number}@example.org")
    full_name = factory.Sequence(lambda number: f"Persoana {number}")
    password = factory.django.Password(PASSWORD)

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **fields: Any) -> User:
        roles: list[Role] = fields.pop("roles", [])
        wants_factor: bool = fields.pop("second_factor", not STAFF_ROLES.isdisjoint(roles))
        user = super()._create(model_class, *args, **fields)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        for role in roles:
            RoleGrant.objects.create(user=user, role=role)
        if wants_factor:
            TOTP.activate(user, TOTP_SECRET)
        return user


def sign_in(client: Client, user: User, *, second_factor: bool | None = None) -> Client:
    """The client with a session of ``user``; with the second factor proved when the person has one."""
    client.force_login(user, backend="core.accounts.backends.PasswordBackend")
    if second_factor is None:
        second_factor = Authenticator.objects.filter(user=user).exists()
    methods = [{"method": "password", "at": time.time(), "email": user.email, "reauthenticated": True}]
    if second_factor:
        methods.append({"method": "mfa", "at": time.time(), "type": "totp", "reauthenticated": True})
    session = client.session
    session["account_authentication_methods"] = methods
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client


def staff_client(*roles: Role) -> Client:
    """A client signed in, second factor included, as a new person of these roles (administrator when none)."""
    return sign_in(Client(), UserFactory(roles=list(roles) or [Role.ADMINISTRATOR]))
