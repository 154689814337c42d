"""What the portal keeps about people: accounts, granted roles, consents, erasures."""

from core.accounts.models.consent import Consent, ConsentText
from core.accounts.models.erasure import Erasure
from core.accounts.models.former import FormerIdentity
from core.accounts.models.people import RoleGrant, User, UserManager, UserQuerySet

__all__ = [
    "Consent",
    "ConsentText",
    "Erasure",
    "FormerIdentity",
    "RoleGrant",
    "User",
    "UserManager",
    "UserQuerySet",
]
