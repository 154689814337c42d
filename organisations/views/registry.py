"""The registry: the list with its search and filters, and the map of counties."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language, ngettext
from django.views import View

from core.numerals import format_number
from core.pagecache import kept, public_page
from core.pages.choices import PageKey
from core.pages.selectors import page_text
from core.text import fold
from organisations.forms.registry import RegistryFilter, RegistryQuestion, canonical_pairs, read_question
from organisations.models import Organisation
from organisations.selectors.facets import Facets, count_facets
from organisations.selectors.near import nearest, places_named
from organisations.selectors.places import county_tiles
from organisations.selectors.registry import MAX_PAGES, MAX_RANKED, CountedPaginator, list_rows, ranked
from organisations.selectors.vocabulary import Vocabulary, vocabulary
from organisations.views.filters import chosen_chips, filter_groups


@method_decorator(public_page(canonical=canonical_pairs, typed=("q",)), name="dispatch")
class OrganisationList(View):
    """Organisations by text and filters; one address for each state, with or without scripts."""

    question: RegistryQuestion
    words: Vocabulary
    facets: Facets

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        version: str = request.data_version  # type: ignore[attr-defined]
        self.words = vocabulary(version)
        self.question = read_question(request.GET, self.words)
        found = RegistryFilter(self.question.query(), Organisation.objects.public())
        # The count comes with the facets, which are the same for all pages and languages of one question.
        self.facets = kept(
            version,
            f"registry-facets:{self.question.address()}",
            lambda: count_facets(found, self.question.chosen, self.words),
            is_typed=bool(self.question.text),
        )
        context = self._context(found)
        # The page is kept for all who ask the same in other words: its links say it in the canonical ones.
        request.GET = self.question.query(page=context["page_obj"].number)  # type: ignore[assignment]
        part = request.headers.get("HX-Request") == "true" and (
            request.headers.get("HX-History-Restore-Request") != "true"
        )
        template = "organisations/list_part.html" if part else "organisations/list.html"
        # The map stands on the first page of the whole registry: elsewhere its numbers would not be the list's.
        context["tiles"] = (
            [] if part or self.question.address() or self.question.page > 1 else map_tiles(version)[0]
        )
        # Staff's own words above the list, in the language of the page.
        context["written"] = kept(
            version, f"registry-words:{get_language()}", lambda: page_text(PageKey.REGISTRY)
        )
        response = render(request, template, context)
        paginator = context["page_obj"].paginator
        # Addresses without end (pages past the last, codes of nothing) are answered, not kept.
        response.keep = self.question.page <= paginator.num_pages and not self.question.refused  # type: ignore[attr-defined]
        return response

    def _context(self, found: RegistryFilter) -> dict[str, Any]:
        question, total = self.question, self.facets.total
        organisations = found.qs.order_by("order_key", "pk")
        if question.text and 0 < total <= MAX_RANKED:
            organisations = ranked(organisations, question.text)
        page = CountedPaginator(organisations, count=total).get_page(question.page)
        near = None if total or not question.text else nearest(found.without("q"), question.text)
        near_rows = list_rows(near.order_by("order_key", "pk")[:10], self.words) if near is not None else []
        return {
            "question": question,
            "rows": list_rows(page.object_list, self.words) if total else [],
            "page_obj": page,
            "total": total,
            "count_text": _count_text(total),
            "is_cut": total > MAX_PAGES * page.paginator.per_page,
            "near_rows": near_rows,
            "places": places_named(question.text) if question.text and question.page == 1 else [],
            "has_letters": not question.text
            or bool(fold(question.text))
            or any(map(str.isalpha, question.text)),
            "chips": chosen_chips(question, self.words, self.facets),
            "groups": filter_groups(question, self.words, self.facets),
            "list_url": reverse("organisations:list"),
            "map_url": reverse("organisations:map"),
            "without_filters": question.address(chosen={}) if question.chosen else "",
            "without_text": question.address(text="") if question.text else "",
            "own_address": question.address(page=page.number),
            "is_indexed": not question.text
            and sum(map(len, question.chosen.values())) <= 1
            and not question.refused,
        }


def _count_text(total: int) -> str:
    words = ngettext("%(number)s organisation", "%(number)s organisations", total)
    return words % {"number": format_number(total, get_language() or "ro")}


def map_tiles(version: str) -> tuple[list[dict[str, Any]], int]:
    """The tiles of the map with their addresses, and how many seats are not on it."""
    counted, elsewhere = kept(version, "registry-map", county_tiles)
    return [
        {**tile, "url": reverse("organisations:county", args=[tile["slug"]])} for tile in counted
    ], elsewhere


@public_page
def organisation_map(request: HttpRequest) -> HttpResponse:
    """The 42 counties with how many organisations have their seat in each, as a picture and as a table."""
    version: str = request.data_version  # type: ignore[attr-defined]
    tiles, elsewhere = map_tiles(version)
    return render(
        request,
        "organisations/map.html",
        {
            "tiles": tiles,
            "total": sum(tile["count"] for tile in tiles),
            "empty": [tile for tile in tiles if not tile["count"]],
            "elsewhere": elsewhere,
        },
    )
