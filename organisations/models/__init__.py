"""What the registry stores."""

from organisations.models.address import AuthorityAddress
from organisations.models.change import OrganisationChange
from organisations.models.figures import VolunteerCount, VolunteerHours, YearlyFigures
from organisations.models.found_name import FoundName
from organisations.models.importing import ImportLine, RegistryImport
from organisations.models.organisation import Organisation, OrganisationQuerySet
from organisations.models.people import Invitation, VolunteerCoordinator
from organisations.models.related import FormerSlug, Membership, OrganisationContact, OrganisationName
from organisations.models.search import SearchWord
from organisations.models.structure import AssociativeStructure, StructureMembership, StructureRepresentative
from organisations.models.submission import Submission, SubmissionVersion
from organisations.models.upkeep import OrganisationMerge, Reconfirmation, RecordReport
from organisations.models.vocabulary import BeneficiaryGroup, Domain, SustainableGoal

__all__ = [
    "AssociativeStructure",
    "AuthorityAddress",
    "BeneficiaryGroup",
    "Domain",
    "FormerSlug",
    "FoundName",
    "ImportLine",
    "Invitation",
    "Membership",
    "Organisation",
    "OrganisationChange",
    "OrganisationContact",
    "OrganisationMerge",
    "OrganisationName",
    "OrganisationQuerySet",
    "Reconfirmation",
    "RecordReport",
    "RegistryImport",
    "SearchWord",
    "StructureMembership",
    "StructureRepresentative",
    "Submission",
    "SubmissionVersion",
    "SustainableGoal",
    "VolunteerCoordinator",
    "VolunteerCount",
    "VolunteerHours",
    "YearlyFigures",
]
