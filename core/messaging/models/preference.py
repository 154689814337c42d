"""What a person does not want to be written about."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.accounts.fields import LowerCaseEmailField
from core.accounts.models import User


class NotificationPreferenceQuerySet(models.QuerySet["NotificationPreference"]):
    def of(self, *, user: User | None, address: str) -> Self:
        """Those of the person; without an account, those of the address."""
        return self.filter(user=user) if user is not None else self.filter(user=None, address=address.lower())


class NotificationPreference(models.Model):
    """Whether a person, or an address without an account, wants one category of messages; no row means yes."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="notification_preferences",
        verbose_name=_("person"),
    )
    address = LowerCaseEmailField(_("e-mail address"), blank=True)
    category = models.CharField(_("category"), max_length=40)
    wanted = models.BooleanField(_("wanted"), default=True)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)

    objects = NotificationPreferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification preference")
        verbose_name_plural = _("notification preferences")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "category"], name="preference_once_a_user", condition=Q(user__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["address", "category"], name="preference_once_an_address", condition=Q(user=None)
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False, address="") | (Q(user=None) & ~Q(address="")),
                name="preference_of_user_or_address",
            ),
        ]

    def __str__(self) -> str:
        return self.category
