"""The organisation that somebody means by what they typed."""

import re

from core.text import fold
from organisations.choices import RegisterStatus
from organisations.models import Organisation

_GONE = (RegisterStatus.WITHDRAWN, RegisterStatus.STRUCK_OFF, RegisterStatus.REJECTED, RegisterStatus.DRAFT)
_ADDRESS = re.compile(r"/organizatii/([a-z0-9-]{1,120})/?$")
MOST_LIKE = 5


def organisation_meant(text: str) -> tuple[Organisation | None, list[Organisation]]:
    """The one organisation of this name or address, or else those that come near, a few at most."""
    known = Organisation.objects.exclude(register_status__in=_GONE)
    address = _ADDRESS.search(text.strip())
    word = address[1] if address else text.strip()
    found = known.filter(slug=word).first()
    if found:
        return found, []
    near = (
        list(known.named_like(text).select_related("county").in_order()[: 10 * MOST_LIKE])
        if fold(text)
        else []
    )
    named = [
        each
        for each in near
        if fold(text) in {fold(name) for name in (each.legal_name, each.public_name, each.acronym) if name}
    ]
    if len(named) == 1:
        return named[0], []
    return None, (named or near)[:MOST_LIKE]
