"""What the loaders remember, so that a second load changes nothing and no work of staff is lost."""

from django.db import models


class LoadedRecord(models.Model):
    """A record that came from a data file, with the values that the file gave it at the last load.

    Three values meet at a load: the file's, the one kept here and the database's. A difference between the last
    two is the work of staff and stays; a record that is gone was deleted by staff and is not made again.
    """

    source = models.CharField(max_length=40)
    key = models.CharField(max_length=160)
    object_id = models.BigIntegerField()
    values = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="loaded_record_once")]

    def __str__(self) -> str:
        return f"{self.source}: {self.key}"
