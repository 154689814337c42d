"""The words that names are made of, so that a mistyped one can be put right."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models


class SearchWord(models.Model):
    """A folded word of some organisation's names; kept by a trigger on the organisations (migration 0002).

    Words are added and never taken away, and those of drafts are among them: whoever uses one to correct a
    question shows it only when a visible organisation answers. Asked only when a search found nothing.
    """

    word = models.CharField(max_length=60, primary_key=True)

    class Meta:
        indexes = [GinIndex(OpClass("word", name="gin_trgm_ops"), name="search_word_trigrams")]

    def __str__(self) -> str:
        return self.word
