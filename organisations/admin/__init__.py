"""The registry in the admin."""

from organisations.admin.figures import YearlyFiguresAdmin
from organisations.admin.found_names import FoundNameAdmin
from organisations.admin.importing import RegistryImportAdmin
from organisations.admin.merging import OrganisationMergeAdmin
from organisations.admin.moderation import SubmissionAdmin
from organisations.admin.names import OrganisationNameAdmin
from organisations.admin.organisation import OrganisationAdmin
from organisations.admin.people import InvitationAdmin
from organisations.admin.reports import RecordReportAdmin
from organisations.admin.structures import (
    AssociativeStructureAdmin,
    AuthorityAddressAdmin,
    StructureMembershipAdmin,
)
from organisations.admin.upkeep import ReconfirmationAdmin
from organisations.admin.vocabularies import BeneficiaryGroupAdmin, DomainAdmin, SustainableGoalAdmin

__all__ = [
    "AssociativeStructureAdmin",
    "AuthorityAddressAdmin",
    "BeneficiaryGroupAdmin",
    "DomainAdmin",
    "FoundNameAdmin",
    "InvitationAdmin",
    "OrganisationAdmin",
    "OrganisationMergeAdmin",
    "OrganisationNameAdmin",
    "ReconfirmationAdmin",
    "RecordReportAdmin",
    "RegistryImportAdmin",
    "StructureMembershipAdmin",
    "SubmissionAdmin",
    "SustainableGoalAdmin",
    "YearlyFiguresAdmin",
]
