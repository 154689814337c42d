"""Roles that a person may hold, and languages that a person may read."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Language(TextChoices):
    """Languages in which the portal writes to a person."""

    ROMANIAN = "ro", _("Romanian")
    ENGLISH = "en", _("English")


class Role(TextChoices):
    """The ten roles of the portal (domain, 1.8); the public visitor has none."""

    ADMINISTRATOR = "administrator", _("Administrator")
    PROGRAMME_MANAGER = "programme_manager", _("Programme manager")
    EDITOR = "editor", _("Editor")
    EVALUATOR = "evaluator", _("Evaluator")
    STRUCTURE_REPRESENTATIVE = "structure_representative", _("Associative structure representative")
    ORGANISATION_MANAGER = "organisation_manager", _("Organisation manager")
    ORGANISATION_MEMBER = "organisation_member", _("Organisation member")
    CLUB_OPERATOR = "club_operator", _("Club operator")
    COALITION_COORDINATOR = "coalition_coordinator", _("Coalition coordinator")
    AUDITOR = "auditor", _("Auditor")

    @property
    def sentence(self) -> Promise:
        """What the role is for, in one sentence."""
        return ROLE_SENTENCES[self]


ROLE_SENTENCES: dict[Role, Promise] = {
    Role.ADMINISTRATOR: _("Keeps the portal: people, their roles and all its data."),
    Role.PROGRAMME_MANAGER: _("Runs the editions: parts, calendar, mandates, videoconferences, registry."),
    Role.EDITOR: _(
        "Writes and corrects what the public reads: announcements, documents, registry, calendar."
    ),
    Role.EVALUATOR: _("Evaluates the applications and practices assigned to them."),
    Role.STRUCTURE_REPRESENTATIVE: _(
        "Speaks for one of the four associative structures and its member UATs."
    ),
    Role.ORGANISATION_MANAGER: _("Keeps the record of their own organisation and its people."),
    Role.ORGANISATION_MEMBER: _("Works on behalf of their own organisation."),
    Role.CLUB_OPERATOR: _("Runs a volunteers' club: calls, subscribers and messages."),
    Role.COALITION_COORDINATOR: _("Coordinates the coalitions of their own counties."),
    Role.AUDITOR: _("Reads everything, the history of changes included, and changes nothing."),
}

# Held by a relation to one organisation or structure, stored with that organisation or structure; never granted.
RELATION_ROLES = frozenset(
    {Role.STRUCTURE_REPRESENTATIVE, Role.ORGANISATION_MANAGER, Role.ORGANISATION_MEMBER}
)

# Granted by an administrator, portal-wide, as rows of RoleGrant.
GRANTED_ROLES = frozenset(set(Role) - RELATION_ROLES)

# Whoever holds one of these enters the admin and needs a second factor.
STAFF_ROLES = frozenset({Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER, Role.EDITOR, Role.AUDITOR})


class ErasureCause(TextChoices):
    """Why a person is erased."""

    OWN = "own", _("Asked for by the person")
    STAFF = "staff", _("Asked for through the team")
    INACTIVITY = "inactivity", _("Two years without a sign-in")
