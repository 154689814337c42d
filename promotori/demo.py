"""People of the demo, one of each role, whose passwords and second factor are printed in the open.

They exist only where PORTAL_MODE is demo; a system check and /readyz refuse them in production.
"""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.accounts.choices import GRANTED_ROLES, STAFF_ROLES, Role
from core.accounts.models import User
from core.accounts.one_time_code import DEMO_TOTP_SECRET
from core.accounts.services import grant_role
from organisations.choices import Kind, MemberRole, RegisterStatus, Represents
from organisations.models import AssociativeStructure, Membership, Organisation, StructureRepresentative
from promotori.environment import DEMO_SECRET_PREFIX

# The reserved top-level name guarantees that no mail ever reaches anybody (RFC 2606).
DEMO_DOMAIN = "exemplu.invalid"
DEMO_ORGANISATION = "Asociația de Probă (exemplu)"
NAMES = {
    Role.ADMINISTRATOR: ("administrator", "Ana Administratoare"),
    Role.PROGRAMME_MANAGER: ("manager", "Mihai Managerul"),
    Role.EDITOR: ("editor", "Elena Editoarea"),
    Role.EVALUATOR: ("evaluator", "Emil Evaluatorul"),
    Role.STRUCTURE_REPRESENTATIVE: ("structura", "Sanda Reprezentanta"),
    Role.ORGANISATION_MANAGER: ("organizatie", "Oana Coordonatoarea"),
    Role.ORGANISATION_MEMBER: ("membru", "Matei Membrul"),
    Role.CLUB_OPERATOR: ("club", "Carmen Operatoarea"),
    Role.COALITION_COORDINATOR: ("coalitie", "Cosmin Coordonatorul"),
    Role.AUDITOR: ("auditor", "Aurel Auditorul"),
}
# Whoever has an account and nothing else yet: enrols an organisation, or is invited into one.
NEWCOMER = ("persoana", "Ioana Nou-Venita")


@dataclass(frozen=True)
class DemoPerson:
    """What one needs to know to sign in as a person of the demo."""

    role: Role | None
    email: str
    password: str
    full_name: str

    @property
    def label(self) -> str:
        """The role in words; "without an organisation" for whoever has none."""
        return str(self.role.label if self.role else _("Person without an organisation"))

    @property
    def has_second_factor(self) -> bool:
        return self.role in STAFF_ROLES


def demo_people() -> list[DemoPerson]:
    """One person a role, in the order of the roles, and one without any."""
    return [
        DemoPerson(role, f"{word}@{DEMO_DOMAIN}", f"{DEMO_SECRET_PREFIX}{word}", f"{name} (exemplu)")
        for role, (word, name) in [*NAMES.items(), (None, NEWCOMER)]
    ]


def demo_people_exist() -> bool:
    """True when the database holds somebody of the demo."""
    return User.objects.filter(email__endswith=f"@{DEMO_DOMAIN}").exists()


def require_demo() -> None:
    """Raises ``CommandError`` outside the demo."""
    if settings.PORTAL_MODE != "demo":
        raise CommandError("This exists in the demo only: PORTAL_MODE is not demo.")


@transaction.atomic
def load_demo_people() -> list[DemoPerson]:
    """Makes each person, or puts password, role and second factor back as printed. Idempotent.

    Raises ``CommandError`` outside the demo, and when the associative structures are not loaded yet.
    """
    require_demo()
    people = demo_people()
    for person in people:
        user = _load_user(person)
        if person.role in GRANTED_ROLES:
            grant_role(user=user, role=person.role)
        elif person.role:
            _relate(user, person.role)
    return people


def _load_user(person: DemoPerson) -> User:
    user, made = User.objects.get_or_create(email=person.email, defaults={"full_name": person.full_name})
    user.is_active = True
    # Hashing is slow on purpose; somebody just made has no password to compare with.
    if made or not user.check_password(person.password):
        user.set_password(person.password)
    user.save()
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    if person.has_second_factor:
        Authenticator.objects.filter(user=user).delete()
        TOTP.activate(user, DEMO_TOTP_SECRET)
    return user


def _relate(user: User, role: Role) -> None:
    if role == Role.STRUCTURE_REPRESENTATIVE:
        # The structure of towns: its members are stored, so its representative has something to see.
        structure = AssociativeStructure.objects.filter(represents=Represents.TOWN).first()
        if structure is None:
            raise CommandError("The associative structures are not loaded: run load_structures first.")
        StructureRepresentative.objects.get_or_create(structure=structure, user=user)
        return
    Membership.objects.update_or_create(
        organisation=demo_organisation(),
        user=user,
        defaults={
            "role": MemberRole.MANAGER if role == Role.ORGANISATION_MANAGER else MemberRole.MEMBER,
        },
    )


def demo_organisation() -> Organisation:
    """The made-up organisation for which two people of the demo act; made when it is not there."""
    organisation, _made = Organisation.objects.get_or_create(
        slug="asociatia-de-proba-exemplu",
        defaults={
            "legal_name": DEMO_ORGANISATION,
            "kind": Kind.LEGAL_PERSON,
            "is_example": True,
            "register_status": RegisterStatus.LISTED,
            "listed_on": timezone.localdate(),
            "source": "exemplu",
            "summary": "Organizație inventată pentru demonstrație.",
        },
    )
    return organisation
