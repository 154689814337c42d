"""What the models of places share: the folded and ordering columns, and the search."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from core.text import Fold, OrderKey, fold

# A longer question is no name; what follows is not looked at.
MAX_SEARCH_CHARACTERS = 100


def search_words(text: str) -> list[str]:
    """Folded words of a question; empty when it has no letter and no digit."""
    return fold(text[:MAX_SEARCH_CHARACTERS]).split()


def all_words_in(words: list[str], *fields: str) -> Q:
    """Every word is part of at least one of the folded fields."""
    condition = Q()
    for word in words:
        condition &= Q(*((f"{field}__contains", word) for field in fields), _connector=Q.OR)
    return condition


class PlaceQuerySet(models.QuerySet[Any]):
    """What can be asked of regions, counties and units alike."""

    def in_country(self, code: str) -> Self:
        return self.filter(country=code)

    def search(self, text: str) -> Self:
        """Places whose name, or another name, has every word of the text in any spelling; all for no text."""
        if not text.strip():
            return self
        words = search_words(text)
        return self.filter(self.named(words)) if words else self.none()

    def named(self, words: list[str]) -> Q:
        """Condition: all words (folded, one or more) stand in the name or in one other name of the place."""
        others = self.model._meta.get_field("aliases")
        named = others.related_model.objects.filter(all_words_in(words, "search_text"))
        return all_words_in(words, "search_text") | Q(pk__in=named.values(others.remote_field.name))


class CurrentPlaceQuerySet(PlaceQuerySet):
    """What can be asked of places that may cease to exist."""

    def current(self) -> Self:
        """Places that exist today."""
        return self.filter(valid_to__isnull=True)


def search_text_field() -> models.GeneratedField:
    """The name as it is searched, kept by the database."""
    return models.GeneratedField(expression=Fold("name"), output_field=models.TextField(), db_persist=True)


def order_key_field() -> models.GeneratedField:
    """The name as it is sorted, kept by the database; compared by bytes ("C") on every server."""
    return models.GeneratedField(
        expression=OrderKey("name"), output_field=models.TextField(db_collation="C"), db_persist=True
    )
