"""What the registry stores."""

from organisations.models.organisation import Organisation, OrganisationQuerySet
from organisations.models.related import FormerSlug, Membership, OrganisationContact, OrganisationName
from organisations.models.search import SearchWord
from organisations.models.structure import AssociativeStructure, StructureMembership, StructureRepresentative
from organisations.models.vocabulary import BeneficiaryGroup, Domain, SustainableGoal

__all__ = [
    "AssociativeStructure",
    "BeneficiaryGroup",
    "Domain",
    "FormerSlug",
    "Membership",
    "Organisation",
    "OrganisationContact",
    "OrganisationName",
    "OrganisationQuerySet",
    "SearchWord",
    "StructureMembership",
    "StructureRepresentative",
    "SustainableGoal",
]
