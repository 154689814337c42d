"""How tests read the registry's page."""

import html
import re

from django.test import Client


def names(client: Client, address: str = "/organizatii/") -> list[str]:
    """Names of the organisations that the page lists, in its order."""
    response = client.get(address)
    assert response.status_code == 200, address
    titles = re.findall(r'class="list-item-title"><a[^>]*>(.*?)</a>', response.content.decode(), re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]+>", "", title)) for title in titles]


def count(client: Client, address: str = "/organizatii/") -> int:
    """The number over the list."""
    return count_of(client.get(address).content.decode())


def count_of(content: str) -> int:
    """The number over the list of a page that was read."""
    text = re.search(r"data-results-count>([\d.]+)", content)
    assert text, content
    return int(text[1].replace(".", ""))


def facets(client: Client, address: str = "/organizatii/") -> dict[str, dict[str, int]]:
    """Counts beside the choices, by filter and code."""
    return facets_of(client.get(address).content.decode())


def facets_of(content: str) -> dict[str, dict[str, int]]:
    """Counts beside the choices of a page that was read."""
    found: dict[str, dict[str, int]] = {}
    for name, code, number in re.findall(
        r'<input type="checkbox" name="(\w+)" value="([\w-]+)".*?filter-count">([\d.]+)<', content
    ):
        found.setdefault(name, {})[code] = int(number.replace(".", ""))
    return found
