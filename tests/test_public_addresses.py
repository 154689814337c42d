"""Sign-in is demanded everywhere but at the listed addresses: every pattern of the resolver is walked."""

from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from promotori.public_addresses import PUBLIC_ADDRESSES


def patterns(resolver: URLResolver, namespaces: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    """Every pattern with its name as "namespace:name"; one without a name has its pattern for one."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, (*namespaces, entry.namespace) if entry.namespace else namespaces)
        else:
            yield ":".join((*namespaces, entry.name or str(entry.pattern))), entry


ALL = list(patterns(get_resolver()))


def demands_sign_in(entry: URLPattern) -> bool:
    return bool(getattr(entry.callback, "login_required", True))


@pytest.mark.parametrize(("name", "entry"), ALL, ids=[name for name, _entry in ALL])
def test_address_is_public_only_when_listed(name, entry):
    assert demands_sign_in(entry) is (name not in PUBLIC_ADDRESSES)


def test_the_list_names_only_addresses_that_exist():
    assert {name for name, _entry in ALL} >= PUBLIC_ADDRESSES


@pytest.mark.django_db
def test_an_address_that_is_not_listed_sends_a_visitor_to_sign_in(client):
    for address in (
        "/cont/",
        "/cont/parola/",
        "/cont/securitate/",
        "/admin/",
        "/admin/organisations/organisation/",
    ):
        response = client.get(address, follow=True)
        assert unquote(response.redirect_chain[-1][0]) == f"/cont/autentificare/?next={address}"
        assert len(response.redirect_chain) <= 2


def test_the_middleware_is_the_one_that_demands_it(settings):
    names = [name.rpartition(".")[2] for name in settings.MIDDLEWARE]
    assert names.index("AuthenticationMiddleware") < names.index("LoginRequiredMiddleware")
    assert names.index("LoginRequiredMiddleware") < names.index("StaffSecondFactorMiddleware")
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    assert not request.user.is_authenticated
