"""Where local authorities that are members of no structure are written to."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.accounts.fields import LowerCaseEmailField
from core.constraints import county_or_uat


class AuthorityAddress(models.Model):
    """The official e-mail address of a UAT or of a county council; that of a member stands with its membership first.

    It is an institution's address, not a person's, so nobody is asked for consent; it is used for invitations alone and
    shown to the team alone. Should somebody's own mailbox have been written down, the row goes when that person is
    forgotten, and for the same reason it keeps no history, as a membership keeps none. Without an address there is
    no row.
    """

    uat = models.OneToOneField(
        "territory.Uat", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("UAT")
    )
    county = models.OneToOneField(
        "territory.County",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("county council of"),
    )
    email = LowerCaseEmailField(
        _("e-mail address"), help_text=_("Where invitations to meetings go; never shown.")
    )
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("address of an authority")
        verbose_name_plural = _("addresses of authorities")
        constraints = [
            county_or_uat("authority_address_county_or_uat"),
            models.CheckConstraint(condition=~Q(email=""), name="authority_address_is_written"),
        ]

    def __str__(self) -> str:
        return str(self.uat or self.county)
