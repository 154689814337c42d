"""Browsers in which somebody has signed in, as tests of the account need them."""

from allauth.mfa.models import Authenticator
from django.test import Client

from core.accounts.models import User
from tests.factories.accounts import PASSWORD

LOGIN = "/cont/autentificare/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"


def enter(user: User, client: Client | None = None, **extra: str) -> Client:
    """A browser in which the person has signed in by the page."""
    client = client or Client(headers={"user-agent": FIREFOX})
    client.post(LOGIN, {"login": user.email, "password": PASSWORD, **extra})
    return client


def is_in(client: Client) -> bool:
    return client.get("/cont/").status_code == 200


def passkey_of(user: User, name: str = "Telefonul") -> Authenticator:
    """A key as it is stored; no ceremony is made with it."""
    return Authenticator.objects.create(
        user=user, type=Authenticator.Type.WEBAUTHN, data={"name": name, "credential": {}}
    )


def without_proof(client: Client) -> None:
    session = client.session
    session["account_authentication_methods"] = [
        record for record in session["account_authentication_methods"] if record["method"] != "mfa"
    ]
    session.save()
