"""Which kinds of administrative unit there are."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class UatType(TextChoices):
    """Kinds of unit; the first three are the base units of Romania (law 2/1968, Administrative Code)."""

    MUNICIPIU = "municipiu", _("municipality")
    ORAS = "oras", _("town")
    COMUNA = "comuna", _("commune")
    SECTOR = "sector", _("sector of Bucharest")
    OBCINA = "obcina", _("municipality of Slovenia")


# The sectors are subdivisions of Bucharest: they are shown and chosen, but never counted as UATs.
BASE_TYPES = (UatType.MUNICIPIU, UatType.ORAS, UatType.COMUNA)
