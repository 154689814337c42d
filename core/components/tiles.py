"""The country in 42 tiles, a square a county: a map of links, and the same as a table for those who do not see it."""

from collections.abc import Iterable, Mapping

from django.template import Library
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from core.components.rendering import render
from core.numerals import STEPS, count_steps, format_number

register = Library()


def _organisations(count: int) -> str:
    return ngettext("%(count)s organisation", "%(count)s organisations", count) % {"count": count}


def _videoconferences(count: int) -> str:
    return ngettext("%(count)s videoconference", "%(count)s videoconferences", count) % {"count": count}


NOUNS = {"organisations": _organisations, "videoconferences": _videoconferences}


@register.simple_tag
def tile_map(
    tiles: Iterable[Mapping[str, object]], *, caption: str, noun: str = "organisations", current: str = ""
) -> SafeString:
    """The tiles as links coloured by their counts, a legend, and the table of the same numbers.

    {% tile_map tiles caption=_("Organisations by county") %}; each tile is a mapping with code, name, url, count,
    column (0 to 7), row (0 to 6) and, where the caller has its own scale, step (1 to 5; else by
    core.numerals.count_steps). The table keeps the order of the tiles given. current is the code of the county
    that the page is about; noun is one of NOUNS.
    """
    drawn = [dict(tile) for tile in tiles]
    counts = [int(str(tile["count"])) for tile in drawn]
    for tile, count, step in zip(drawn, counts, count_steps(counts), strict=True):
        tile["step"] = str(tile.get("step", step))
        tile["words"] = f"{tile['name']}: {NOUNS[noun](count)}"
        tile["shown"] = format_number(count, translation.get_language() or "ro")
        tile["place"] = f"tile-c{tile['column']} tile-r{tile['row']}"
        tile["current"] = tile["code"] == current
    legend = []
    for name in map(str, range(1, STEPS + 1)):
        inside = [count for tile, count in zip(drawn, counts, strict=True) if tile["step"] == name]
        if inside:
            low, high = min(inside), max(inside)
            legend.append({"step": name, "label": str(low) if low == high else f"{low}–{high}"})
    return render(
        "tile_map",
        caption=caption,
        tiles=sorted(drawn, key=lambda tile: (tile["row"], tile["column"])),
        by_name=drawn,
        legend=legend,
    )
