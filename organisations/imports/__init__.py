"""What a file may change in the registry: small files by the admin's own pages, organisations by jobs (decision 15)."""

from organisations.imports.resources import MembershipImport, NameImport

__all__ = ["MembershipImport", "NameImport"]
