"""Things to read: list items, cards, figures, definitions, summaries, tables, steps, empty lists."""

from collections.abc import Sequence

from django.template import Library
from django.utils.safestring import SafeString

from core.components.actions import BADGE_TONES
from core.components.rendering import one_of, render

register = Library()


@register.simple_block_tag
def item_list(content: str) -> SafeString:
    """A list of {% list_item %}: {% item_list %}{% for … %}{% list_item … %}{% endfor %}{% enditem_list %}."""
    return render("item_list", content=content)


@register.simple_block_tag
def list_item(
    content: str,
    title: str,
    *,
    href: str = "",
    place: str = "",
    badge: str = "",
    tone: str = "sun",
    level: int = 3,
) -> SafeString:
    """One line of a list that reads as a sentence: linked title, place, one badge, and further text as content.

    {% list_item organisation.name href=organisation.get_absolute_url place=organisation.place_label
    badge="Promotor 2021" %}Educație, asistență socială{% endlist_item %}
    title may come from the filter highlight; level is the heading's, tone the badge's; empty arguments show nothing.
    """
    return render(
        "list_item",
        content=content.strip() and content,
        title=title,
        href=href,
        place=place,
        badge=badge,
        tone=one_of("tone", tone, BADGE_TONES),
        level=level,
    )


@register.simple_block_tag
def card(content: str, title: str, *, href: str = "", level: int = 3) -> SafeString:
    """A surface with a title and some lines; several stand in <div class="grid">. The whole card follows its link.

    {% card "Ediția a II-a, 2021" href=edition.get_absolute_url %}<p>…</p>{% endcard %}
    """
    return render("card", content=content, title=title, href=href, level=level)


@register.simple_block_tag
def stats(content: str) -> SafeString:
    """The row of figures: {% stats %}{% stat … %}{% stat … %}{% endstats %}."""
    return render("stats", content=content)


@register.simple_tag
def stat(label: str, value: object, *, qualifier: str = "", note: str = "", href: str = "") -> SafeString:
    """One figure inside {% stats %}: label, number, and where it comes from.

    {% stat _("Participants") 600 qualifier=_("over") note=_("stated in the synthesis") %}
    A number is grouped by the language; the qualifier stands before it ("peste 600").
    """
    return render("stat", label=label, value=value, qualifier=qualifier, note=note, href=href)


@register.simple_block_tag
def definitions(content: str) -> SafeString:
    """Facts as label and value: {% definitions %}{% definition _("County") %}Brașov{% enddefinition %}…"""
    return render("definitions", content=content)


@register.simple_block_tag
def definition(content: str, label: str) -> SafeString:
    """One fact of {% definitions %}; an empty value is not shown at all."""
    return render("definition", content=content, label=label) if content.strip() else SafeString("")


@register.simple_block_tag
def summary_list(content: str) -> SafeString:
    """What was answered, line by line, on a check page: {% summary_list %}{% summary_row … %}{% endsummary_list %}."""
    return render("summary_list", content=content)


@register.simple_block_tag
def summary_row(content: str, label: str, *, href: str = "") -> SafeString:
    """{% summary_row _("Name") href=edit_url %}{{ name }}{% endsummary_row %}: href leads to where it is changed."""
    return render("summary_row", content=content, label=label, href=href)


@register.simple_block_tag
def receipt(content: str, title: str, *, reference: str = "") -> SafeString:
    """The page after sending: what was done, its number to keep, and what follows as content."""
    return render("receipt", content=content, title=title, reference=reference)


@register.simple_block_tag
def empty_state(content: str, title: str) -> SafeString:
    """Why a list is empty, and what to do as content.

    {% empty_state _("No organisation matches.") %}<p>…</p>{% endempty_state %}
    """
    return render("empty_state", content=content, title=title)


@register.simple_block_tag
def table(content: str, caption: str, *, hidden_caption: bool = False, stacked: bool = False) -> SafeString:
    """A table that scrolls by itself on a narrow screen, reachable by keyboard.

    {% table _("Participants by county") %}<thead>…</thead><tbody>…</tbody>{% endtable %}
    Numbers take class="number" on th and td; row headings are <th scope="row">.
    stacked: on a phone each row is a block of lines, headings standing before the values as their data-label. Groups,
    rows and cells then say their role, which browsers forget of cells that are no longer cells.
    """
    return render("table", content=content, caption=caption, hidden_caption=hidden_caption, stacked=stacked)


@register.simple_tag
def steps(labels: Sequence[str], *, current: int) -> SafeString:
    """Where one is in a form of several pages: {% steps step_labels current=2 %}, counted from 1."""
    numbered = [
        {"number": number, "label": label, "done": number < current, "current": number == current}
        for number, label in enumerate(labels, start=1)
    ]
    here = labels[current - 1] if 1 <= current <= len(labels) else ""
    return render("steps", steps=numbered, current=current, total=len(labels), here=here)


@register.simple_tag
def progress(done: int, total: int, *, label: str) -> SafeString:
    """How much of long work is done, as a bar with its words: {% progress 3 12 label=_("Organisations read") %}."""
    return render("progress", done=done, total=total, label=label)
