"""The network address of a visitor, for limits on tries; never stored as it is."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


def client_address(request: HttpRequest) -> str:
    """The address behind the trusted proxies; "unknown" when the server names none (a local socket).

    The header is read from its end, so that what a visitor puts in front of it changes nothing.
    """
    count = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    forwarded = [
        part.strip() for part in request.headers.get("x-forwarded-for", "").split(",") if part.strip()
    ]
    if count and len(forwarded) >= count:
        return forwarded[-count]
    return request.META.get("REMOTE_ADDR") or "unknown"


def client_mark(request: HttpRequest) -> str:
    """A name for the visitor's address from which the address cannot be read back; for cache keys."""
    return salted_hmac("core.client", client_address(request)).hexdigest()[:32]
