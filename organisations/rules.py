"""Who may see and keep organisations and structures."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from rules import predicate

from core.accounts.choices import Role
from core.permissions import (
    VIEW,
    editorial_team,
    grant,
    grant_editorial,
    has_role,
    list_relations,
    nobody,
    relation,
    signed_in,
)
from organisations.choices import MemberRole, RegisterStatus, SubmissionKind
from organisations.models import (
    AssociativeStructure,
    Membership,
    Organisation,
    StructureRepresentative,
    Submission,
)

managers = has_role(Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER)


def _organisation_of(thing: Any) -> Any:
    return thing if isinstance(thing, Organisation) else getattr(thing, "organisation", None)


@relation(Role.ORGANISATION_MANAGER)
def manages_the_organisation(user: Any, thing: Any) -> bool:
    """Whoever answers for this organisation."""
    return Membership.objects.filter(
        organisation=_organisation_of(thing), user=user, role=MemberRole.MANAGER
    ).exists()


@relation(Role.ORGANISATION_MEMBER)
def belongs_to_the_organisation(user: Any, thing: Any) -> bool:
    """Whoever works for this organisation, its managers included."""
    return Membership.objects.filter(organisation=_organisation_of(thing), user=user).exists()


@relation(Role.STRUCTURE_REPRESENTATIVE)
def represents_the_structure(user: Any, thing: Any) -> bool:
    """Whoever speaks for this associative structure."""
    structure = thing if isinstance(thing, AssociativeStructure) else getattr(thing, "structure", None)
    return StructureRepresentative.objects.filter(structure=structure, user=user).exists()


@predicate  # type: ignore[untyped-decorator]
def lodges_the_submission(user: Any, thing: Any = None) -> bool:
    """Whoever writes this submission; anybody with an account may begin one."""
    if not isinstance(thing, Submission) or user.pk is None:
        return False
    if thing.enrols_a_record:
        return Submission.objects.written_by(user).filter(pk=thing.pk).exists()
    return bool(thing.applicant_id == user.pk)


@relation(Role.ORGANISATION_MANAGER)
def manages_what_changes(user: Any, thing: Any) -> bool:
    """Any manager, for a change of their organisation's identity: whoever sent it may be gone."""
    is_change = isinstance(thing, Submission) and thing.kind == SubmissionKind.CHANGE
    return is_change and bool(manages_the_organisation.test(user, thing))


@predicate  # type: ignore[untyped-decorator]
def enrols_the_organisation(user: Any, thing: Any = None) -> bool:
    """Whoever asked for this record, which is not listed yet; what documents made was there before anybody asked."""
    return (
        isinstance(thing, Organisation)
        and thing.register_status != RegisterStatus.RECORDED
        and Submission.objects.filter(
            organisation=thing, applicant_id=user.pk or 0, kind=SubmissionKind.ENROLMENT
        ).exists()
    )


its_people = manages_the_organisation | belongs_to_the_organisation

# The admin keeps organisations; their own people have the verbs of their own pages (views/own).
grant(
    "organisations",
    "organisation",
    {
        VIEW: editorial_team | its_people,
        "add": editorial_team,
        "change": editorial_team,
        "delete": managers,
        "change_profile": its_people,
        "fill_figures": its_people,
        "change_identity": manages_the_organisation,
        "manage_people": manages_the_organisation,
        "confirm": manages_the_organisation | managers,
        # Staff enter a record again in their own way.
        "reinstate": manages_the_organisation,
        "enrol": enrols_the_organisation,
        # Nothing undoes it.
        "merge": managers,
    },
)
grant(
    "organisations",
    "submission",
    {
        VIEW: editorial_team | lodges_the_submission,
        "begin": signed_in,
        "lodge": lodges_the_submission | manages_what_changes,
        "decide": editorial_team,
    },
)
# Nobody writes a report on behalf of the public; what a reader wrote is never changed.
grant(
    "organisations",
    "recordreport",
    {VIEW: editorial_team, "add": nobody, "change": nobody, "delete": managers, "decide": editorial_team},
)
grant(
    "organisations",
    "organisationmerge",
    {VIEW: editorial_team, "add": nobody, "change": nobody, "delete": nobody},
)
grant(
    "organisations",
    "registryimport",
    {VIEW: editorial_team, "add": editorial_team, "change": editorial_team, "delete": editorial_team},
)
grant(
    "organisations",
    "foundname",
    {VIEW: editorial_team, "add": editorial_team, "change": editorial_team, "delete": managers},
)
grant(
    "organisations",
    "membership",
    {VIEW: managers | manages_the_organisation, "add": managers, "change": managers, "delete": managers},
)
grant(
    "organisations",
    "invitation",
    {VIEW: managers | manages_the_organisation, "add": nobody, "change": nobody, "delete": managers},
)
grant(
    "organisations",
    "reconfirmation",
    {VIEW: editorial_team | its_people, "add": nobody, "change": managers, "delete": managers},
)
for _model in ("yearlyfigures", "volunteercount", "volunteerhours"):
    grant(
        "organisations",
        _model,
        {VIEW: editorial_team | its_people, "add": nobody, "change": nobody, "delete": managers},
    )
grant(
    "organisations",
    "associativestructure",
    {
        VIEW: editorial_team | represents_the_structure,
        "add": managers,
        "change": editorial_team,
        "delete": managers,
    },
)
grant(
    "organisations",
    "structurerepresentative",
    {VIEW: managers | represents_the_structure, "add": managers, "change": managers, "delete": managers},
)
grant_editorial(
    "organisations",
    "organisationname",
    "organisationcontact",
    "volunteercoordinator",
    "formerslug",
    "structuremembership",
    "authorityaddress",
    "domain",
    "beneficiarygroup",
    "sustainablegoal",
)


@list_relations
def relations(user: Any) -> Iterator[str]:
    """A sentence for each organisation and structure of a person."""
    for membership in user.memberships.select_related("organisation"):
        yield _("%(role)s of %(organisation)s") % {
            "role": membership.get_role_display(),
            "organisation": membership.organisation,
        }
    for representative in user.represented_structures.select_related("structure"):
        yield _("Representative of %(structure)s") % {"structure": representative.structure}
