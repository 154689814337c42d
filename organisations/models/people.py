"""How people come to act for an organisation, and who coordinates its volunteers."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.accounts.choices import Language
from core.accounts.fields import LowerCaseEmailField
from organisations.choices import MemberRole


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> Self:
        """Neither taken up nor taken back nor out of time."""
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=timezone.now())


class Invitation(models.Model):
    """An invitation to act for an organisation, sent to one address, good until ``expires_at`` and once only.

    Its link carries a signed number, so that nothing that opens it is stored (row O8).
    """

    organisation = models.ForeignKey(
        "organisations.Organisation",
        models.CASCADE,
        related_name="invitations",
        verbose_name=_("organisation"),
    )
    email = LowerCaseEmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=16, choices=MemberRole, default=MemberRole.MEMBER)
    language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, default=Language.ROMANIAN
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("invited by"),
    )
    created_at = models.DateTimeField(_("sent"), auto_now_add=True)
    expires_at = models.DateTimeField(_("good until"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("accepted by"),
    )
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at", "-pk"]
        constraints = [
            # One that ran out of time is taken back before the next is sent.
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="invitation_one_open",
                violation_error_message=_("This address has been invited already."),
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True),
                name="invitation_ends_one_way",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} – {self.organisation}"

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.revoked_at is None and self.expires_at > timezone.now()


class VolunteerCoordinator(models.Model):
    """The coordinator of volunteers (Legea 78/2014, art. 3); shown only where the organisation said so."""

    organisation = models.OneToOneField(
        "organisations.Organisation",
        models.CASCADE,
        related_name="coordinator",
        verbose_name=_("organisation"),
    )
    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    is_public = models.BooleanField(
        _("shown to everybody"), default=False, help_text=_("Only with the person's agreement.")
    )

    class Meta:
        verbose_name = _("coordinator of volunteers")
        verbose_name_plural = _("coordinators of volunteers")
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="volunteer_coordinator_has_name")]

    def __str__(self) -> str:
        return self.name
