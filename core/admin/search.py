"""Search of the admin's lists and choices: any spelling of diacritics finds the same."""

from typing import Any

from django.contrib.admin.utils import lookup_spawns_duplicates
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest

from core.text import Fold, fold

# Columns that the database keeps folded already.
FOLDED_COLUMNS = frozenset({"search_text", "folded"})
MAX_CHARACTERS = 200
MAX_WORDS = 8


class FoldedSearchMixin:
    """``search_fields`` names columns; each word of the question must be part of one of them."""

    opts: Any

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Rows whose columns together hold every word; all rows for an empty question, none for one of signs only."""
        paths = self.get_search_fields(request)  # type: ignore[attr-defined]
        if not search_term.strip() or not paths:
            return queryset, False
        words = fold(search_term[:MAX_CHARACTERS]).split()[:MAX_WORDS]
        if not words:
            return queryset.none(), False
        columns = []
        for number, path in enumerate(paths):
            if path.rsplit("__", 1)[-1] in FOLDED_COLUMNS:
                columns.append(path)
            else:
                queryset = queryset.alias(**{f"folded_{number}": Fold(Cast(path, TextField()))})
                columns.append(f"folded_{number}")
        for word in words:
            found = Q()
            for column in columns:
                found |= Q((f"{column}__contains", word))
            queryset = queryset.filter(found)
        return queryset, any(lookup_spawns_duplicates(self.opts, path) for path in paths)
