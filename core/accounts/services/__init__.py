"""What happens to people: roles given and taken, consents, mails on a long absence, erasure."""

from core.accounts.services.roles import grant_role, require_other_administrator, revoke_role

__all__ = ["grant_role", "require_other_administrator", "revoke_role"]
