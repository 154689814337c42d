"""People, their roles and their data, for administrators."""

from core.accounts.admin.consents import ConsentAdmin, ConsentTextAdmin
from core.accounts.admin.erasures import ErasureAdmin
from core.accounts.admin.people import UserAdmin

__all__ = ["ConsentAdmin", "ConsentTextAdmin", "ErasureAdmin", "UserAdmin"]
