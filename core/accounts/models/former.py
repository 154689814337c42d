"""What a person was called before, so that an erasure finds that too."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class FormerIdentity(models.Model):
    """Address and name as they were until a change of either; written by the database itself (migration 0004).

    Goes with the person's row. Until then it is what tells an erasure which former words in requests, invitations and
    logs are theirs.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="former_identities",
        verbose_name=_("person"),
    )
    email = models.EmailField(_("e-mail address"))
    full_name = models.CharField(_("full name"), max_length=150)
    until = models.DateTimeField(_("until"))

    class Meta:
        verbose_name = _("former name or address")
        verbose_name_plural = _("former names and addresses")
        ordering = ["-until", "-pk"]

    def __str__(self) -> str:
        return str(self.pk)
