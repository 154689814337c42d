"""A word of a controlled vocabulary, in Romanian and English."""

from typing import Self

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class TermQuerySet(models.QuerySet["Term"]):
    def active(self) -> Self:
        """Terms that may still be chosen; closed ones stay on the records that have them."""
        return self.filter(is_active=True)


class Term(models.Model):
    """One term; its code never changes, its label may."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    basis = models.CharField(
        _("basis"), max_length=40, blank=True, help_text=_("A law, a source or a proposal.")
    )
    is_active = models.BooleanField(_("in use"), default=True)

    objects = TermQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language; Romanian where there is no other."""
        return self.name_en if self.name_en and get_language() == "en" else self.name
