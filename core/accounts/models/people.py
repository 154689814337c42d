"""Who a person is and which roles were granted to them."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from core.accounts.choices import GRANTED_ROLES, STAFF_ROLES, Language, Role
from core.accounts.fields import LowerCaseEmailField


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> "UserQuerySet":
        """People who may sign in."""
        return self.filter(is_active=True)

    def holding(self, *roles: Role) -> "UserQuerySet":
        """People to whom at least one of the roles was granted, each once."""
        return self.filter(
            models.Exists(RoleGrant.objects.filter(user=models.OuterRef("pk"), role__in=roles))
        )

    def staff(self) -> "UserQuerySet":
        """People for whom ``is_staff`` holds."""
        grants = RoleGrant.objects.filter(user=models.OuterRef("pk"), role__in=STAFF_ROLES)
        return self.filter(models.Q(is_superuser=True) | models.Exists(grants))


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    use_in_migrations = False

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A saved person; without a password nobody can sign in as them until they set one.

        Raises ``ValueError`` when the address is empty, ``IntegrityError`` when it is taken.
        """
        if not email:
            raise ValueError("A person needs an e-mail address.")
        user: User = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A saved person above all rules; meant for the first start of an installation only."""
        return self.create_user(email, password, **{**fields, "is_superuser": True})


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account, known by e-mail address.

    What a person may do comes from roles and relations (``core.permissions``) alone: Django's groups and
    permissions of single users are left out, so that the matrix in the docs is the whole truth.
    """

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    groups = None  # type: ignore[assignment]
    user_permissions = None  # type: ignore[assignment]

    email = LowerCaseEmailField(
        _("e-mail address"),
        unique=True,
        error_messages={"unique": _("There is an account with this e-mail address already.")},
    )
    full_name = models.CharField(_("full name"), max_length=150)
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=Language.choices,
        default=Language.ROMANIAN,
        help_text=_("The language in which the portal writes to this person."),
    )
    is_active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_(
            "Take this away, instead of deleting the account, when the person may no longer sign in."
        ),
    )
    date_joined = models.DateTimeField(_("account made on"), default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ("full_name", "email")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")),
                name="accounts_user_email_lower_case",
                violation_error_message=_("E-mail addresses are kept in lower case."),
            )
        ]

    def __str__(self) -> str:
        return self.full_name or self.email

    @cached_property
    def roles(self) -> frozenset[Role]:
        """Roles granted to the person; one query, then remembered by this instance. Relations are not here."""
        if self._state.adding:
            return frozenset()
        return frozenset(Role(value) for value in self.role_grants.values_list("role", flat=True))

    @property
    def is_staff(self) -> bool:
        """May enter the admin: superuser, or holder of a role of ``STAFF_ROLES``."""
        return self.is_superuser or not self.roles.isdisjoint(STAFF_ROLES)

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name or self.email

    def clean(self) -> None:
        super().clean()
        self.full_name = " ".join(self.full_name.split())

    def forget_roles(self) -> None:
        """Makes the next reading of ``roles`` ask the database again."""
        self.__dict__.pop("roles", None)


class RoleGrant(models.Model):
    """One portal-wide role given to one person; given and taken by ``services`` alone, so that history says who."""

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="role_grants", verbose_name=_("person")
    )
    role = models.CharField(
        _("role"),
        max_length=30,
        choices=[(role.value, role.label) for role in Role if role in GRANTED_ROLES],
    )
    granted_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("granted by"),
    )
    granted_at = models.DateTimeField(_("granted on"), default=timezone.now, editable=False)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("granted role")
        verbose_name_plural = _("granted roles")
        ordering = ("role", "user")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role"],
                name="accounts_rolegrant_once",
                violation_error_message=_("This person holds this role already."),
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=sorted(GRANTED_ROLES)),
                name="accounts_rolegrant_role_grantable",
                violation_error_message=_("This role comes from an organisation or a structure."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"
