"""Controlled vocabularies that describe an organisation."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.vocabulary import Term


class Domain(Term):
    """A domain of volunteering: the twelve of Legea 78/2014 art. 3 b) and their children."""

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )

    class Meta(Term.Meta):
        verbose_name = _("domain")
        verbose_name_plural = _("domains")


class BeneficiaryGroup(Term):
    """People for whom organisations work."""

    class Meta(Term.Meta):
        verbose_name = _("beneficiary group")
        verbose_name_plural = _("beneficiary groups")


class SustainableGoal(Term):
    """One of the 17 goals of the United Nations' 2030 Agenda."""

    class Meta(Term.Meta):
        verbose_name = _("sustainable development goal")
        verbose_name_plural = _("sustainable development goals")
