"""Ways through the portal: where you are, further pages of a list, the parts of a long page."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from django.core.paginator import Page
from django.http import HttpRequest, QueryDict
from django.template import Context, Library
from django.urls import reverse
from django.utils.safestring import SafeString

from core.components.rendering import render

register = Library()


@register.simple_tag
def breadcrumb(*crumbs: str) -> SafeString:
    """The way from the home page, which is added by itself: label, address, label, address, and last a label alone.

    {% url "organisations:list" as list_url %}{% breadcrumb _("Organisations") list_url organisation.name %}
    The last label without an address is the page itself.
    """
    pairs = [
        {"label": crumbs[index], "href": crumbs[index + 1] if index + 1 < len(crumbs) else ""}
        for index in range(0, len(crumbs), 2)
    ]
    return render("breadcrumb", crumbs=pairs)


@register.simple_tag(takes_context=True)
def pagination(context: Context, page: "Page[object]", *, param: str = "pagina") -> SafeString:
    """Links to the other pages of a list, keeping the rest of the query; nothing when there is one page.

    {% pagination page_obj %}
    """
    paginator = page.paginator
    if paginator.num_pages <= 1:
        return SafeString("")
    request = context["request"]
    numbers: list[dict[str, object]] = []
    for number in paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
        is_page = isinstance(number, int)
        numbers.append(
            {
                "number": number if is_page else "",
                "href": page_address(request, int(number), param) if is_page else "",
                "current": number == page.number,
            }
        )
    return render(
        "pagination",
        numbers=numbers,
        number=page.number,
        total=paginator.num_pages,
        previous=page_address(request, page.number - 1, param) if page.has_previous() else "",
        next=page_address(request, page.number + 1, param) if page.has_next() else "",
    )


def page_address(request: HttpRequest, number: int, param: str) -> str:
    """This address with another page number; page 1 has none, so that it has one address only."""
    query: QueryDict = request.GET.copy()
    query.pop(param, None)
    if number > 1:
        query[param] = str(number)
    return f"{request.path}?{query.urlencode()}" if query else request.path


@register.simple_tag
def toc(entries: Iterable[Mapping[str, str]]) -> SafeString:
    """The parts of a long page: {% toc entries %} with dicts of "anchor" (no #) and "label"."""
    return render("toc", entries=[{"anchor": entry["anchor"], "label": entry["label"]} for entry in entries])


@register.simple_tag(takes_context=True)
def nav_link(context: Context, label: str, *, view: str) -> SafeString:
    """A link of the main menu by the name of its view; marked when the page is it, or lies below its address.

    NoReverseMatch when the view does not exist: a menu never hides a broken address.
    """
    href = reverse(view)
    request = context.get("request")
    path = request.path if request is not None else ""
    below = href.strip("/") not in ("", "en") and path.startswith(href)
    return _drawn_link(label, href, "page" if path == href else "true" if below else "")


@lru_cache(maxsize=200, typed=True)
def _drawn_link(label: str, href: str, current: str) -> SafeString:
    """The link as HTML, which these three alone decide: some dozens exist, and each page has seven.

    typed, because a label that is safe is shown as it is and an equal one that is not is escaped.
    """
    return render("nav_link", label=label, href=href, current=current)
