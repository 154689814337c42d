"""What the ground floor stores: the version of the public data."""

from django.db import models


class DataVersion(models.Model):
    """Number of the last committed change of a set of tables; written by database triggers only.

    See :mod:`core.dataversion` for what the number guarantees.
    """

    name = models.CharField(max_length=40, primary_key=True)
    number = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.name} {self.number}"
