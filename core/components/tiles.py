"""The country in 42 tiles, a square a county: a map of links, and the same as a table for those who do not see it."""

from collections.abc import Iterable, Mapping

from django.template import Library
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from core.components.rendering import render
from core.numerals import STEPS, count_steps

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
    core.numerals.count_steps). current is the code of the county that the page is about; noun is one of NOUNS.
    """
    rows = [dict(tile) for tile in tiles]
    for tile, step in zip(rows, count_steps([int(str(tile["count"])) for tile in rows]), strict=True):
        tile.setdefault("step", step)
        tile["label"] = NOUNS[noun](int(str(tile["count"])))
        tile["current"] = tile["code"] == current
    legend = []
    for step in range(1, STEPS + 1):
        counts = [int(str(tile["count"])) for tile in rows if tile["step"] == step]
        if counts:
            low, high = min(counts), max(counts)
            legend.append({"step": step, "label": str(low) if low == high else f"{low}–{high}"})
    return render(
        "tile_map",
        caption=caption,
        tiles=sorted(rows, key=lambda tile: (tile["row"], tile["column"])),
        by_name=rows,
        legend=legend,
    )
