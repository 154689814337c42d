"""What the portal keeps about people: accounts, granted roles, consents."""

from core.accounts.models.consent import Consent, ConsentText
from core.accounts.models.people import RoleGrant, User, UserManager, UserQuerySet

__all__ = ["Consent", "ConsentText", "RoleGrant", "User", "UserManager", "UserQuerySet"]
