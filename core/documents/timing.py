"""Times of a document, for the benchmark: through the portal, from its cache, and by WeasyPrint alone."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from core.documents.cache import cached_pdf
from core.documents.engine import load_engine
from core.documents.rendering import PreparedDocument, draw_document


@dataclass(frozen=True)
class DocumentTimes:
    """Seconds (medians) and the size in bytes of one document; what is loaded once a process is not counted."""

    prepared: float
    drawn: float
    kept: float
    bare: float
    size: int

    def __str__(self) -> str:
        return (
            f"{self.size / 1024:.0f} kB; {self.prepared + self.drawn:.2f} s drawn by the portal "
            f"(page made in {self.prepared * 1000:.0f} ms, tags, PDF/A and PDF/UA included), "
            f"{(self.prepared + self.kept) * 1000:.0f} ms from its cache, "
            f"{self.bare:.2f} s by WeasyPrint alone on the same HTML, without tags."
        )


def measure_document(prepare: Callable[[], PreparedDocument], repeats: int = 5) -> DocumentTimes:
    """Times of one document; ``prepare`` reads its data and makes its HTML, as a request does."""
    load_engine()
    document = prepare()
    content = draw_document(document)
    cached_pdf(document)
    return DocumentTimes(
        prepared=_median(prepare, repeats),
        drawn=_median(lambda: draw_document(document), repeats),
        kept=_median(lambda: cached_pdf(document), repeats),
        bare=_median(lambda: draw_bare(document), repeats),
        size=len(content),
    )


def draw_bare(document: PreparedDocument) -> bytes:
    """The same HTML and style sheets by WeasyPrint's own call, with its defaults."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    from core.documents.resources import content_type, locate

    class Fetcher(URLFetcher):
        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            path = locate(url)
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": content_type(path)})

    fonts, fetcher = FontConfiguration(), Fetcher()
    sheets = [CSS(string=css, font_config=fonts, url_fetcher=fetcher) for css in document.stylesheets]
    drawn: bytes = HTML(string=document.html, url_fetcher=fetcher).write_pdf(
        font_config=fonts, stylesheets=sheets
    )
    return drawn


def _median(call: Callable[[], object], repeats: int) -> float:
    times = []
    for _ in range(repeats):
        begun = time.perf_counter()
        call()
        times.append(time.perf_counter() - begun)
    return median(times)
