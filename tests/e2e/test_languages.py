"""Each page in its language: the switch keeps the page, and no interface text of one language stands on the other."""

import fcntl
import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from babel.messages.pofile import read_po
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.arriving import follow
from tests.e2e.pages import PAGES
from tests.e2e.portal import ROOT

LONG_ENOUGH = 12
# Words of the interface that no name, title or quotation holds.
ROMANIAN = (
    "Căutare", "Înapoi", "Înainte", "Autentificare", "Acasă", "Ediții", "Rezultate", "Vedeți", "Arătați", "Renunțați",
    "Trimiteți", "dumneavoastră", "Sunteți aici", "Meniul principal", "Filtre", "înscrisă", "consemnată", "octombrie",
    "septembrie", "miercuri", "joi,", "de videoconferințe", "Descărcați", "pagina", "Adresa de e-mail",
)  # fmt: skip
# Visible words, texts for screen readers included; what says that it is in another language is left out.
WORDS = """language => {
  const text = [];
  const walk = (node, spoken) => {
    if (node.nodeType === 3) { if (spoken === language) text.push(node.data.trim()); return; }
    if (node.nodeType !== 1 || ['SCRIPT', 'STYLE', 'NOSCRIPT'].includes(node.tagName)) return;
    const own = node.getAttribute('lang') || spoken;
    for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
      if (own === language && node.getAttribute(name)) text.push(node.getAttribute(name));
    for (const child of node.childNodes) walk(child, own);
  };
  walk(document.body, document.documentElement.lang);
  return [document.title, document.querySelector('meta[name=description]')?.content ?? '', ...text].filter(Boolean);
}"""


def english_texts() -> set[str]:
    """Whole English texts of the interface that are long enough to be no accident, as far as Romanian differs."""
    with (ROOT / "locale/ro/LC_MESSAGES/django.po").open("rb") as file:
        catalogue = read_po(file, locale="ro")
    texts = set()
    for message in catalogue:
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        texts |= {text for text in ids if len(text) > LONG_ENOUGH and "%" not in text and text not in strings}
    return texts


@pytest.fixture(scope="module")
def words_of(request: pytest.FixtureRequest, shared: Path) -> dict[str, list[str]]:
    """Texts of each page by address, read once in a run for all tests here, whichever worker they fall to."""
    with (shared / "words.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        kept = shared / "words.json"
        if not kept.exists():
            kept.write_text(json.dumps(read_words(request)), encoding="utf-8")
        words: dict[str, list[str]] = json.loads(kept.read_text(encoding="utf-8"))
        return words


def read_words(request: pytest.FixtureRequest) -> dict[str, list[str]]:
    browser, base_url = request.getfixturevalue("browser"), request.getfixturevalue("base_url")
    context: BrowserContext = browser.new_context(base_url=base_url, locale="ro-RO")
    page, found = context.new_page(), {}
    for address in PAGES:
        # The gallery of components shows samples of both languages.
        if address != "/componente/":
            for prefix, language in (("", "ro"), ("/en", "en")):
                page.goto(prefix + address, wait_until="domcontentloaded")
                found[prefix + address] = page.evaluate(WORDS, language)
    context.close()
    return found


def test_romanian_pages_hold_no_english_text(words_of: dict[str, list[str]]) -> None:
    texts = english_texts()
    assert len(texts) > 300
    found = {
        address: texts & set(words) for address, words in words_of.items() if not address.startswith("/en/")
    }

    assert {address: sorted(faults) for address, faults in found.items() if faults} == {}


def test_romanian_pages_hold_no_common_english_words(words_of: dict[str, list[str]]) -> None:
    """Texts that were never marked for translation are in no catalogue."""
    common = re.compile(
        r"\b(the|and|with|this|your|page|please|from|organisations?|search|results?|back|next)\b"
    )
    faults = {
        address: [text for text in words if common.search(text)]
        for address, words in words_of.items()
        if not address.startswith("/en/")
    }

    assert {address: texts for address, texts in faults.items() if texts} == {}


def test_english_pages_hold_no_romanian_words(words_of: dict[str, list[str]]) -> None:
    faults = {
        address: [
            text for text in words if any(re.search(rf"\b{re.escape(word)}", text) for word in ROMANIAN)
        ]
        for address, words in words_of.items()
        if address.startswith("/en/")
    }

    assert {address: texts for address, texts in faults.items() if texts} == {}


@pytest.mark.reads_only
@pytest.mark.parametrize(
    "address", ["/organizatii/?judet=SV", "/editii/2021/calendar/", "/videoconferinte/2021/1/", "/contact/"]
)
def test_language_switch_keeps_the_page(page: Page, address: str) -> None:
    page.goto(address)
    follow(page.get_by_role("navigation", name="Limba").get_by_role("link", name="English"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    path, _mark, filters = address.partition("?")
    assert (urlsplit(page.url).path, urlsplit(page.url).query) == (f"/en{path}", filters)
    follow(page.get_by_role("navigation", name="Language").get_by_role("link", name="Română"))
    assert (urlsplit(page.url).path, urlsplit(page.url).query) == (path, filters)
